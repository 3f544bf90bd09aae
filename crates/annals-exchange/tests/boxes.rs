//! Infoboxes of persons, powers and fights of several ages: each row is a claim that says what the row
//! says, or it is listed.

use annals_exchange::article::import_article;

fn draft(text: &str) -> String {
    import_article("x.wiki", text).expect("an article").text
}

fn holds(draft: &str, words: &[&str]) {
    for words in words {
        assert!(draft.contains(words), "{words}\n{draft}");
    }
}

fn holds_none(draft: &str, words: &[&str]) {
    for words in words {
        assert!(!draft.contains(words), "{words}\n{draft}");
    }
}

const GOVERNOR: &str = "{{Infobox officeholder\n| name = Elias Brandt\n| order = 2nd\n\
| office = Governor of Lower Saarland\n| term_start = March 3, 1807\n| term_end = February 24, 1817\n\
| monarch = [[Otto II]]\n| predecessor = ''Office established''\n| successor = [[Jan A. Kessel]]\n\
| office1 = Minister of Trade of the United Provinces\n| term_start1 = 1 May 1819\n\
| predecessor1 = [[Anna Vos]]\n| birth_date = {{birth date|1774|6|21}}\n| birth_place = [[Lutz]], Saarland\n\
| death_date = {{death date and age|1825|6|11|1774|6|21}}\n| spouse = {{marriage|Maria Holt|1798|1810|end=died}}\n\
| children = 8\n}}\n'''Elias Brandt''' was a governor.\n";

#[test]
fn each_office_has_its_own_dates_and_neighbours() {
    let draft = draft(GOVERNOR);
    holds(
        &draft,
        &[
            "\nfrom March 3, 1807 to February 24, 1817: Elias Brandt is governor of Lower Saarland.\n",
            "  quote \"Governor of Lower Saarland; March 3, 1807; February 24, 1817\"\n",
            "\nundated: Jan A. Kessel succeeds Elias Brandt as governor of Lower Saarland.\n",
            "\nfrom 1 May 1819: Elias Brandt is \"Minister of Trade of the United Provinces\".\n",
            "\nundated: Elias Brandt succeeds Anna Vos as \"Minister of Trade of the United Provinces\".\n",
            "\n21 June 1774: Elias Brandt is born.\n  at Lutz\n",
            "\n11 June 1825: Elias Brandt dies.\n",
            "\nfrom 1798 to 1810: Elias Brandt is married to Maria Holt.\n",
            "not read: “order: 2nd” (",
            "not read: “monarch: Otto II” (",
            "not read: “predecessor: Office established” (",
            "not read: “children: 8” (",
        ],
    );
    holds_none(
        &draft,
        &[
            "person Office",
            "Anna Vos as governor",
            "“term_start",
            "“term_end",
        ],
    );
}

#[test]
fn an_office_of_which_only_one_end_is_told_is_open_at_the_other() {
    let end = GOVERNOR.replace("| term_start = March 3, 1807\n", "");
    holds(
        &draft(&end),
        &["\nuntil February 24, 1817: Elias Brandt is governor of Lower Saarland.\n"],
    );
    let none = end.replace("| term_end = February 24, 1817\n", "");
    holds(
        &draft(&none),
        &["\nundated: Elias Brandt is governor of Lower Saarland.\n"],
    );
    let incumbent = GOVERNOR.replace("February 24, 1817", "Incumbent");
    let draft = draft(&incumbent);
    holds(
        &draft,
        &[
            "\nfrom March 3, 1807: Elias Brandt is governor",
            "“term_end: Incumbent”",
        ],
    );
}

const QUEEN: &str = "{{Infobox royalty\n| name = Adelin I\n| title = Queen of Morva and Queen of Saal\n\
| succession = Queen of Morva\n| reign = 7 May 1382 – 2 November 1401\n| coronation = 25 June 1383\n\
| predecessor = [[Ulric III]]\n| successor = Herself as Queen of Saal\n| succession1 = Queen of Saal\n\
| reign1 = 1390 – 1401\n| successor1 = [[Ulric IV]]\n| spouse = {{marriage|[[Konrad]]|1389}}\n\
| issue = [[Berta]]<br>[[Ulric IV]]\n| father = [[Ulric III]]\n| mother = [[Jutta]]\n\
| burial_date = 10 November 1401\n| burial_place = [[Lutz Abbey]]\n| religion = Catholicism\n}}\n\
'''Adelin I''' was queen of Morva.\n";

#[test]
fn a_queen_of_two_realms_is_queen_of_each_in_its_time() {
    let draft = draft(QUEEN);
    holds(
        &draft,
        &[
            "\nfrom 7 May 1382 to 2 November 1401: Adelin I is queen of Morva.\n",
            "\nfrom 1390 to 1401: Adelin I is queen of Saal.\n",
            "\n25 June 1383: Adelin I is crowned.\n",
            "\nundated: Ulric IV succeeds Adelin I as queen of Saal.\n",
            "\n1389: Adelin I marries Konrad.\n",
            "\nalways: Berta is a child of Adelin I.\n",
            "\nalways: Ulric III is father of Adelin I.\n",
            "\nalways: Jutta is mother of Adelin I.\n",
            "\n10 November 1401: Adelin I is buried at Lutz Abbey.\n",
            "not read: “title: Queen of Morva and Queen of Saal” (",
            "not read: “successor: Herself as Queen of Saal” (",
        ],
    );
    holds_none(
        &draft,
        &[
            "person Herself",
            "Ulric IV succeeds Adelin I as queen of Morva",
        ],
    );
}

const REALM: &str = "{{Infobox former country\n| native_name = Rìoghachd\n| conventional_long_name = Kingdom of Arda\n\
| year_start = 682\n| date_start = 16 June\n| event_start = Oath of Lutz\n| year_end = 1025\n| date_end = 3 May 1026\n\
| event1 = The Saal conquered Arda\n| date_event1 = 840\n| capital = [[Lutz]] (682–840)<br>[[Port Una]]\n\
| title_leader = High Steward\n| leader1 = [[Orla]]\n| year_leader1 = 683\n| leader2 = [[Bran]]\n\
| year_leader2 = 860–900\n| religion = Sunworship\n| p1 = Realm of Una\n}}\n\
The '''Kingdom of Arda''' was a kingdom. The Saal attacked Arda in 839.\n";

#[test]
fn a_realm_has_its_days_its_rulers_and_its_capitals() {
    let draft = draft(REALM);
    holds(
        &draft,
        &[
            "\n16 June 682: Kingdom of Arda comes into being.\n",
            "\n1025: Kingdom of Arda comes to an end.\n",
            "\nfrom 682 to 840: Lutz is capital of Kingdom of Arda.\n",
            "\nundated: Port Una is capital of Kingdom of Arda.\n",
            "\n683: Orla is \"High Steward\" of Kingdom of Arda.\n",
            "\nfrom 860 to 900: Bran is \"High Steward\" of Kingdom of Arda.\n",
            "\nundated: Sunworship is religion of Kingdom of Arda.\n",
            "\n840: The Saal conquered Arda.",
            "not read: “native_name: Rìoghachd” (",
            "not read: “event_start: Oath of Lutz” (",
            "not read: “date_end: 3 May 1026” (",
            "not read: “p1: Realm of Una” (",
        ],
    );
    holds_none(&draft, &["is adherent of", "3 May 1026: "]);
}

const FIGHT: &str = "{{Infobox military conflict\n| conflict = War of Una\n| date = 1494–1495\n\
| combatant1 = {{flagicon|Kingdom of Arda}} [[Arda]]<br>{{flagicon|Saal}} [[Saal]]\n\
| combatant2 = [[Duchy of Lutz]]<br>[[Morva]]\n\
| commander1 = {{flagicon|Kingdom of Arda}} [[Orla Finn]]<br>{{flagicon|Saal}} [[Bran Holt]]<br>[[Konrad Vos]] {{flagicon|Saal}}<br>[[Ida Roth]]\n\
| commander2 = '''Morva'''<br>[[Ulric Brandt]]<br><br>[[Jan Kessel]] (surrendered)<br>Duchy of Lutz: [[Otto Lang]]\n\
| strength1 = 1494:<br>20,000 men<br>1495:<br>30,000 men\n\
| strength2 = Ardan sources: 30,000<br>5,000 horsemen<br>Lutz sources: 60,000 men\n\
| casualties1 = 1494: 300 killed<br>1,000 wounded\n}}\n'''War of Una''' was a war.\n";

#[test]
fn a_commander_is_of_the_power_that_the_cell_gives_or_of_one_of_them() {
    let draft = draft(FIGHT);
    holds(
        &draft,
        &[
            ": Orla Finn is commander of Arda.\n",
            ": Bran Holt is commander of Saal.\n",
            // A flag behind a name is not that of the next line.
            ": Konrad Vos is commander of Arda or Saal.\n",
            ": Ida Roth is commander of Arda or Saal.\n",
            ": Ulric Brandt is commander of Morva.\n",
            // A blank line ends what a power's line heads.
            ": Jan Kessel is commander of Duchy of Lutz or Morva.\n",
            ": Jan Kessel surrenders to Arda or Saal.\n",
            ": Otto Lang is commander of Duchy of Lutz.\n",
            "which of them is not said",
        ],
    );
    holds_none(&draft, &["person Morva", "the first is taken"]);
}

#[test]
fn a_figure_of_a_year_is_of_that_year_alone() {
    let draft = draft(FIGHT);
    holds(
        &draft,
        &[
            "\n1494: Arda and Saal had a force of \"20,000 men\".\n",
            "\n1495: Arda and Saal had a force of \"30,000 men\".\n",
            "\n1494: Arda and Saal suffered losses of \"300 killed\".\n",
            // The line below has no label, and the one above has words behind its own.
            "\n  losses of Arda and Saal: 1000 wounded\n",
            "\n  force of Duchy of Lutz and Morva: 30000  [@ardan-sources via @war-of-una]\n",
            "\n  force of Duchy of Lutz and Morva: 5000 horsemen\n",
            "\n  force of Duchy of Lutz and Morva: 60000 men  [@lutz-sources via @war-of-una]\n",
        ],
    );
    holds_none(&draft, &["force of Arda and Saal:"]);
}

#[test]
fn a_label_alone_governs_up_to_the_next_or_a_blank_line() {
    let list = |row: &str| {
        format!(
            "{{{{Infobox military conflict\n| conflict = War of Una\n| date = 644–648\n| combatant1 = Arda\n\
             | combatant2 = Saal\n| commander1 = {row}\n| commander2 = Orla Finn\n}}}}\nIt was a war.\n"
        )
    };
    let draft_of = |row: &str| draft(&list(row));
    let text = draft_of("644:\n* Bran Holt\n* Jan Kessel\nOtto Lang");
    holds(
        &text,
        &[
            "\n644: Bran Holt is commander of Arda.\n",
            "\n644: Jan Kessel is commander of Arda.\n",
            "\nduring #main: Otto Lang is commander of Arda.\n",
        ],
    );
    let text = draft_of("644: Bran Holt, Jan Kessel<br>Otto Lang<br>648:<br>Ida Roth");
    holds(
        &text,
        &[
            "\n644: Bran Holt is commander of Arda.\n",
            "\n644: Jan Kessel is commander of Arda.\n",
            "\nduring #main: Otto Lang is commander of Arda.\n",
            "\n648: Ida Roth is commander of Arda.\n",
        ],
    );
    let text = draft_of("Reserve: Bran Holt<br>Saal chronicles: Jan Kessel");
    holds(
        &text,
        &[
            "  note \"commander: Reserve\"\n",
            "Jan Kessel is commander of Arda.  [@saal-chronicles via @war-of-una]\n",
        ],
    );
}

const LEAGUE: &str = "{{Infobox military conflict\n| conflict = League War\n| date = 1864–1870\n\
| combatant1 = {{flagicon|Saarland}} [[Saarland]]<br>{{flagicon|Lutz}} [[Lutz]]<br>[[Vell]] (disputed)<br>[[Orm]] (from 1868)<br>'''Supported by:'''<br>[[Tarn]]\n\
| combatant2 = [[Kessel]], [[Mark]] (claimed)\n\
| strength1 = '''1865:'''<br>Saarland: 18,000 men<br>Lutz: 8,000 men\n| strength2 = 60,000 men (1864)<br>400 men (1870)\n\
| casualties1 = {{flagicon|Saarland}} 50,000 dead<br>{{flagicon|Lutz}} 5,000 dead\n}}\nThe '''League War''' was a war.\n";

#[test]
fn a_figure_has_its_flag_and_its_year_and_a_side_its_doubts() {
    let draft = draft(LEAGUE);
    holds(
        &draft,
        &[
            "  losses of Saarland: 50000 dead\n",
            "  losses of Lutz: 5000 dead\n",
            "\n1865: Saarland had a force of \"18,000 men\".\n",
            "\n1865: Lutz had a force of \"8,000 men\".\n",
            "  note \"force of the side of Kessel: 60,000 men (1864)\"\n",
            "  note \"force of the side of Kessel: 400 men (1870)\"\n",
            "  side: Saarland, Lutz and Orm\n",
            "  side: Kessel\n",
            "not read: “combatant: Vell (disputed)” (",
            "not read: “combatant: Orm (from 1868)” (",
            "not read: “combatant: Tarn” (",
            "not read: “combatant: Mark (claimed)” (",
        ],
    );
}

#[test]
fn an_office_of_two_numbers_and_a_word_that_is_nobody() {
    let box_ = GOVERNOR
        .replace("| office = Governor", "| office = 27th and 30th Governor")
        .replace("[[Jan A. Kessel]]", "''Provisional''");
    let draft = draft(&box_);
    holds(&draft, &["Elias Brandt is governor of Lower Saarland."]);
    holds_none(&draft, &["\"and 30th", "Provisional succeeds"]);
}

#[test]
fn a_further_place_of_a_battle_is_listed() {
    let draft = draft(
        "{{Infobox military conflict\n| conflict = War of the Two Coasts\n| date = 218 BC\n\
| place = [[Coele-Syria]], [[Phoenicia]]\n| combatant1 = [[Kingdom of Egypt]]\n\
| combatant2 = [[Seleucid Empire]]\n| result = Egyptian victory\n}}\n\
The '''War of the Two Coasts''' was a war.\n",
    );
    holds(
        &draft,
        &[
            "at Coele-Syria",
            "Phoenicia",
            "a further place; the event is put at the first",
        ],
    );
}

#[test]
fn a_line_in_bold_over_its_members_is_the_name_of_their_side() {
    let wiki = "{{Infobox military conflict\n| conflict = War of Saal\n| date = 1494\n\
                | combatant1 = '''[[Triple League]]'''<br>{{flag|Arda}}<br>{{flag|Saal}}\n| combatant2 = '''Verona'''\n\
                | commander1 = Aldo\n}}\nIt was long.\n";
    let html = "<html><body><h1>War of Saal</h1><table class=\"infobox\"><tr><th>Date</th><td>1494</td></tr>\
                <tr><th>Belligerents</th></tr><tr><td><b>Triple League</b><br>Arda<br>Saal</td><td><b>Verona</b></td></tr>\
                </table><p>It was long.</p></body></html>";
    for (file, text) in [("x.wiki", wiki), ("x.html", html)] {
        let draft = import_article(file, text).expect("an article").text;
        assert!(
            draft.contains("1494: Arda and Saal fought Verona."),
            "{draft}"
        );
        assert!(!draft.contains("polity Triple League"), "{draft}");
        assert!(draft.contains("Triple League” (bytes"), "{draft}");
    }
}

#[test]
fn a_joint_figure_does_not_name_a_power_that_is_doubted() {
    let draft = import_article(
        "x.wiki",
        "{{Infobox military conflict\n| conflict = War of Saal\n| date = 1494\n\
         | combatant1 = Arda<br>Saal (disputed)\n| combatant2 = Verona\n| strength1 = 12,000\n| strength2 = 9,000\n}}\nIt was long.\n",
    )
    .expect("an article")
    .text;
    assert!(draft.contains("force of Verona: 9000"), "{draft}");
    assert!(!draft.contains("force of Arda"), "{draft}");
    assert!(
        draft.contains("note \"force of the side of Arda: 12,000\""),
        "{draft}"
    );
}

#[test]
fn a_flag_before_a_label_is_that_of_the_figure_behind_it() {
    let draft = import_article(
        "x.wiki",
        "{{Infobox military conflict\n| conflict = War of Saal\n| date = 1494\n\
         | combatant1 = Arda<br>Saal\n| combatant2 = Verona\n\
         | strength1 = {{flagicon|Saal}} 1494: 12,000 men<br>{{flagicon|Arda}} 1495: 3,000 men\n}}\nIt was long.\n",
    )
    .expect("an article")
    .text;
    assert!(
        draft.contains("1494: Saal had a force of \"12,000 men\"."),
        "{draft}"
    );
    assert!(
        draft.contains("1495: Arda had a force of \"3,000 men\"."),
        "{draft}"
    );
}

#[test]
fn a_second_term_without_an_office_is_of_the_one_before() {
    let draft = import_article(
        "x.wiki",
        "{{Infobox officeholder\n| name = Manuel Bonilla\n| office = 27th and 30th President of Honduras\n\
         | term_start = 13 April 1903\n| term_end = 25 February 1907<br>{{small|Disputed from 30 January}}\n\
         | term_start2 = 1 February 1912\n| term_end2 = 21 March 1913\n}}\nHe died in 1913.\n",
    )
    .expect("an article")
    .text;
    for words in [
        "from 13 April 1903 to 25 February 1907: Manuel Bonilla is \"President of Honduras\".",
        "from 1 February 1912 to 21 March 1913: Manuel Bonilla is \"President of Honduras\".",
        "left out: Disputed, 30 January",
        "left out: 27th and 30th",
    ] {
        assert!(draft.contains(words), "{words}: {draft}");
    }
}

#[test]
fn the_title_of_a_page_has_its_own_bytes() {
    let text = "<!DOCTYPE html><html><body><h1>War of Saal</h1><table class=\"infobox\">\
                <tr><th>Date</th><td>1494</td></tr><tr><th>Belligerents</th></tr><tr><td>Arda</td><td>Saal</td></tr>\
                </table><p>It was long.</p></body></html>";
    let draft = import_article("x.html", text).expect("an article").text;
    let at = text.find("War of Saal").expect("the title");
    let bytes = format!("bytes {at}-{}", at + "War of Saal".len());
    assert!(draft.contains(&bytes), "{bytes}: {draft}");
}

#[test]
fn a_colon_in_brackets_ends_no_label() {
    let draft = draft(
        "{{Infobox military conflict\n| conflict = War of Saal\n| date = 1494\n| combatant1 = Arda\n\
         | combatant2 = Verona\n| casualties1 = c. 1,865 captured (other sources: 3,000)\n}}\nIt was long.\n",
    );
    holds_none(&draft, &["3000 )", "losses of Arda: 3000"]);
    holds(&draft, &["1,865 captured (other sources: 3,000)"]);
}
