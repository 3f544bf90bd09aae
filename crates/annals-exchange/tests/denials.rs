//! Denials, doubts and conditions that stand away from the verb: loose in the clause, in an aside, in
//! the sentence that follows. None of them leaves a claim asserted, and nothing of them is lost.

mod carinthia;

use annals_exchange::article::import_article;
use carinthia::{article, asserted, claims, claims_of, draft_of, nothing_asserted};

#[test]
fn a_denial_anywhere_in_a_clause_holds() {
    nothing_asserted(&[
        "Arnulf never again attacked Verona.",
        "Arnulf never really attacked Verona.",
        "Arnulf not once attacked Verona.",
        "Berengar fled, and neither Arnulf nor Guido besieged Verona.",
        "Neither Arnulf nor Guido besieged Verona.",
        "Berengar was captured not by Guido but by Arnulf.",
        "Arnulf attacked Verona not in 896 but in 897.",
        "Arnulf was prevented from attacking Verona.",
        "Berengar kept Arnulf from attacking Verona.",
        "Arnulf was stopped by Berengar from capturing Verona.",
        "Had Arnulf attacked Verona, Verona would have surrendered.",
        "Verona would have surrendered had Arnulf attacked Verona.",
        "No army attacked Verona.",
        "Arnulf never crossed the Alps and captured Verona.",
        "At no time was Verona besieged by Arnulf.",
        "It was not Arnulf who attacked Verona.",
        "Everyone except Arnulf attacked Verona.",
        "All but Arnulf attacked Verona.",
        "Arnulf lost interest in attacking Verona.",
    ]);
}

#[test]
fn what_a_word_before_that_denies_or_doubts_is_not_claimed() {
    nothing_asserted(&[
        "It is false that Arnulf captured Berengar.",
        "It is a myth that Arnulf attacked Verona.",
        "It is a legend that Arnulf attacked Verona and captured Berengar.",
        "It remains doubtful that Arnulf attacked Verona.",
        "Liutprand denies that Arnulf attacked Verona.",
        "Liutprand doubts that Arnulf attacked Verona.",
        "Liutprand rejects the claim that Arnulf attacked Verona.",
        "The rumour that Berengar died in 896 was false.",
        "Few believe that Arnulf attacked Verona.",
        "Historians no longer believe that Arnulf attacked Verona.",
        "Nobody believed that Arnulf attacked Verona.",
        "No source says that Arnulf attacked Verona.",
        "Liutprand never wrote that Arnulf attacked Verona.",
        "Arnulf claimed to be the son of Jupiter.",
        "Arnulf pretended to be king of Lombardy.",
        "Arnulf claimed to have captured Verona.",
        "Arnulf expected to be attacked by Berengar.",
        "Liutprand says Arnulf attacked Verona.",
        "Liutprand wrongly claims that Arnulf attacked Verona.",
        "Whether Arnulf attacked Verona is unknown.",
        "Arnulf attacked Verona?",
        "Arnulf attacked Verona, a claim that Liutprand rejects.",
    ]);
    let draft = draft_of("Nobody believed that Arnulf attacked Verona.");
    assert!(!draft.contains("source nobody"), "{draft}");
}

#[test]
fn a_hedge_after_the_verb_or_in_an_aside_holds() {
    let sentences = [
        "Arnulf attacked Verona, according to legend.",
        "Arnulf died, according to tradition, in Verona.",
        "Verona was captured, according to legend, by Arnulf.",
        "Arnulf attacked Verona (but this is disputed).",
        "Arnulf attacked Verona (?).",
        "Berengar died, it is said, in 896.",
        "Arnulf captured Berengar, though this is doubtful.",
        "Arnulf captured Berengar, which is false.",
        "Arnulf captured Berengar, but Liutprand denies it.",
        "Arnulf captured Berengar (probably in 896).",
    ];
    nothing_asserted(&sentences);
    let texts = sentences.map(str::to_owned);
    let doubted = claims_of(&texts).iter().filter(|c| !c.is_empty()).count();
    assert!(doubted >= 6, "{doubted} are read as doubted");
    let boxed = article("").replace("Commander1: Arnulf", "Commander1: Arnulf (disputed)");
    let draft = import_article("x.txt", &boxed).expect("an article").text;
    let led: Vec<&str> = draft
        .lines()
        .filter(|l| l.contains("Arnulf") && l.contains("commander of") && !l.contains("//"))
        .collect();
    assert!(
        !led.is_empty() && !led.iter().any(|l| asserted(l)),
        "{led:?}"
    );
}

#[test]
fn a_choice_and_a_condition_are_no_fact() {
    nothing_asserted(&[
        "Lombardy, if Liutprand is right, attacked Carinthia.",
        "Arnulf attacked or besieged Verona.",
        "Unless Arnulf attacked Verona, Berengar was safe.",
    ]);
    for sentence in [
        "Arnulf or Guido attacked Verona.",
        "Arnulf captured Berengar or Guido.",
        "Berengar was captured by Arnulf or Guido.",
    ] {
        for claim in claims(sentence) {
            assert!(claim.contains(" or Guido"), "{claim}");
        }
    }
    let draft = draft_of("Unless Arnulf attacked Verona, Berengar was safe.");
    assert!(!draft.contains("person Unless"), "{draft}");
    for (words, when) in [
        ("in 183, 182 or 181 BC", "183 BC or 182 BC or 181 BC: "),
        ("in 185, 184, or 183 BC", "185 BC or 184 BC or 183 BC: "),
        ("in 185, 184 and 183 BC", "undated: "),
    ] {
        let claims = claims(&format!("Arnulf besieged Verona {words}."));
        assert!(
            !claims.is_empty() && claims.iter().all(|c| c.starts_with(when)),
            "{words}: {claims:?}"
        );
    }
    let boxed = article("")
        .replace(
            "Kingdom of Lombardy",
            "Kingdom of Lombardy, Duchy of Friuli",
        )
        .replace(
            "Commander2: Berengar",
            "Commander2: Berengar (Duchy of Friuli)",
        );
    let draft = import_article("x.txt", &boxed).expect("an article").text;
    assert!(
        draft.contains("Berengar is commander of Duchy of Friuli"),
        "{draft}"
    );
}

#[test]
fn no_row_and_no_remark_is_lost() {
    let list = "Infobox\n- Name: Battle of Zama\n- Date: 202 BC\n- Combatants: Rome vs Carthage\n- Notes: a long day\n- Causes: a broken treaty\n- Goals: peace\n- Methods: elephants\n- Strength1: 29,000 men (with 3,000 cavalry)\n- Strength2: 50,000 (Polybius)\n\nRome fought Carthage.\n";
    let draft = import_article("x.txt", list).expect("an article").text;
    for words in [
        "called \"Battle of Zama\"",
        "202 BC: ",
        "side: Rome",
        "side: Carthage",
        "a long day",
        "a broken treaty",
        "Goals: peace",
        "Methods: elephants",
        "with 3,000 cavalry",
        "Polybius",
    ] {
        assert!(draft.contains(words), "{words} is lost\n{draft}");
    }
    let lone = "Infobox\n- Name: Battle of Zama\n- Date: 202 BC\n- Combatants: Rome\n\nRome won.\n";
    let draft = import_article("x.txt", lone).expect("an article").text;
    for words in ["Name: Battle of Zama", "Date: 202 BC", "Combatants: Rome"] {
        assert!(
            draft.to_lowercase().contains(&words.to_lowercase()),
            "{words} is lost\n{draft}"
        );
    }
    let draft = draft_of("Berengar (killed by Guido in 896) attacked Verona.");
    assert!(
        draft.contains("brackets is not read: “killed by Guido in 896”"),
        "{draft}"
    );
    for claim in claims("Arnulf besieged Verona in 896. Arnulf captured Verona the following year.")
    {
        assert!(!claim.contains("Verona the"), "{claim}");
    }
}

/// Each after `Arnulf captured Berengar in 896.` takes that back.
const DENIALS: [&str; 27] = [
    "This is false.",
    "This is entirely false.",
    "That is not true.",
    "It is a myth.",
    "This is, however, untrue.",
    "That account is wrong.",
    "The story is a later invention.",
    "This tradition is now known to be false.",
    "This did not happen.",
    "This never happened.",
    "But this did not take place.",
    "It never happened.",
    "No such thing happened.",
    "Nothing of the sort occurred.",
    "None of this is true.",
    "He did not.",
    "He never did.",
    "There is no evidence for this.",
    "There is no evidence.",
    "No source supports this.",
    "It is now agreed that this never happened.",
    "Historians agree that the story is false.",
    "This report has been disproved.",
    "Few historians believe this.",
    "So it was told in Verona; it was a lie.",
    "In reality, Guido was king.",
    "In fact, Arnulf did not capture him.",
];

#[test]
fn what_the_next_sentence_takes_back_is_not_asserted() {
    let texts = DENIALS.map(|denial| format!("Arnulf captured Berengar in 896. {denial}"));
    let mut wrong = Vec::new();
    for (denial, claims) in DENIALS.iter().zip(claims_of(&texts)) {
        let bad: Vec<_> = claims
            .iter()
            .filter(|c| asserted(c) && c.contains("captured"))
            .collect();
        if !bad.is_empty() {
            wrong.push(format!("{denial}: {bad:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let draft = draft_of("Arnulf captured Berengar in 896. This is false.");
    assert!(
        draft.contains("“Arnulf captured Berengar in 896.” (bytes")
            && draft.contains("“This is false.” takes it back"),
        "{draft}"
    );
}

#[test]
fn what_the_next_sentence_doubts_is_doubted_and_kept() {
    let doubts = [
        "This is doubtful.",
        "This is disputed.",
        "Modern historians doubt this.",
        "Liutprand disputes this account.",
        "The story remains unproven.",
    ];
    let texts = doubts.map(|doubt| format!("Arnulf captured Berengar in 896. {doubt}"));
    for (doubt, claims) in doubts.iter().zip(claims_of(&texts)) {
        let told = claims.iter().any(|c| c.contains("captured Berengar"));
        assert!(
            told && !claims.iter().any(|c| asserted(c)),
            "{doubt}: {claims:?}"
        );
    }
}

#[test]
fn a_denial_reaches_as_far_as_its_words() {
    let both = "Arnulf attacked Verona in 895. Arnulf captured Berengar in 896.";
    for (denial, kept) in [
        ("This is false.", 1),
        ("None of this happened.", 0),
        ("These accounts are false.", 0),
        ("That account is wrong.", 0),
        ("This is false. It is a myth.", 1),
    ] {
        let claims = claims(&format!("{both} {denial}"));
        let asserted = claims.iter().filter(|c| asserted(c)).count();
        assert_eq!(asserted, kept, "{denial}: {claims:?}");
    }
    // A denial that opens a paragraph speaks of the one before it; one of a section does not.
    let paragraphs = claims("Arnulf captured Berengar in 896.\n\nThis is false.");
    assert!(!paragraphs.iter().any(|c| asserted(c)), "{paragraphs:?}");
}

#[test]
fn what_only_sounds_like_a_denial_takes_nothing_back() {
    let others = [
        "This did not stop Berengar.",
        "It was held by false friends.",
        "It is unclear whether Guido attacked Verona.",
        "There were no survivors.",
        "The claim was rejected by Guido.",
        "This was not enough.",
        "He did not attack Verona.",
        "That year Guido did not come.",
        "The story that Guido fled is false.",
    ];
    let texts = others.map(|other| format!("Arnulf captured Berengar in 896. {other}"));
    for (other, claims) in others.iter().zip(claims_of(&texts)) {
        let kept = claims
            .iter()
            .any(|c| asserted(c) && c.contains("captured Berengar"));
        assert!(kept, "{other}: {claims:?}");
    }
}

#[test]
fn what_somebody_else_did_as_well_is_his_alone() {
    let told = claims("Arnulf attacked Verona in 896, as did Guido in 897.");
    assert!(
        told.iter()
            .any(|c| c.starts_with("896: Arnulf attacked Verona"))
            && told
                .iter()
                .any(|c| c.starts_with("897: Guido attacked Verona")),
        "{told:?}"
    );
    for sentence in [
        "Arnulf may have attacked Verona in 896, as did Guido in 897.",
        "Arnulf did not attack Verona in 896, as did Guido in 897.",
        "Arnulf reportedly attacked Verona in 896, as did Guido in 897.",
        "Arnulf attacked Verona in 896, as did Guido, according to legend.",
        "Arnulf planned to attack Verona, as did Guido.",
        "Arnulf attacked Verona and captured Berengar, as did Guido.",
    ] {
        let claims = claims(sentence);
        let wrong = claims.iter().any(|c| asserted(c) && c.contains("Guido"));
        assert!(!wrong, "{sentence}: {claims:?}");
    }
}

#[test]
fn an_event_that_a_verb_presupposes_is_told_and_a_planned_one_is_not() {
    let told = claims("Arnulf crushed the rebellion of Lombardy.");
    assert!(
        told.iter()
            .any(|c| c.contains("rebellion of Kingdom of Lombardy")),
        "{told:?}"
    );
    for sentence in [
        "Arnulf aided the planned rebellion of Lombardy.",
        "Arnulf may have crushed the rebellion of Lombardy.",
        "Arnulf feared the rebellion of Lombardy.",
        "Arnulf reportedly crushed the rebellion of Lombardy.",
        "Berengar fled three days after Arnulf's planned attack.",
    ] {
        let claims = claims(sentence);
        let wrong = claims
            .iter()
            .any(|c| asserted(c) && (c.contains("rebellion") || c.contains("attack")));
        assert!(!wrong, "{sentence}: {claims:?}");
    }
}

#[test]
fn results_in_whole_sentences_are_claims_and_no_others() {
    let of = |result: &str| -> Vec<String> {
        let text = article("").replace(
            "- Place: Verona",
            &format!("- Place: Verona\n- Result: {result}"),
        );
        let draft = import_article("x.txt", &text).expect("an article").text;
        assert!(draft.contains(&format!("result \"{result}\"")), "{draft}");
        let rule = "infobox row “result”";
        let mut lines = draft.lines();
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            if line.contains(rule) {
                found.extend(lines.next().map(str::to_owned));
            }
        }
        found
    };
    assert_eq!(
        of(
            "Carinthian victory, Kingdom of Lombardy became subject to Duchy of Carinthia, Berengar captured (896)"
        ),
        [
            "undated: Kingdom of Lombardy became subject to Duchy of Carinthia.",
            "896: Berengar was captured."
        ]
    );
    for result in [
        "Kingdom of Lombardy defeated, sacked and burned Verona",
        "Duchy of Carinthia and Kingdom of Lombardy captured Verona",
        "According to Liutprand, Kingdom of Lombardy became subject to Duchy of Carinthia",
        "Disputed, Kingdom of Lombardy became subject to Duchy of Carinthia",
        "Kingdom of Lombardy became subject to Duchy of Carinthia (disputed)",
        "No victory, Kingdom of Lombardy became subject to Duchy of Carinthia",
        "Kingdom of Lombardy would have become subject to Duchy of Carinthia",
    ] {
        for claim in of(result) {
            assert!(
                !claim.contains("Lombardy was")
                    && !claim.contains("subject")
                    && !claim.starts_with("undated: Kingdom of Lombardy captured"),
                "{result}: {claim}"
            );
        }
    }
}

#[test]
fn who_tells_and_who_is_counted_are_not_mistaken_for_one_another() {
    let told = claims("Berengar died in 896; according to Liutprand, Arnulf attacked Verona.");
    let of = |words: &str| told.iter().find(|c| c.contains(words));
    assert!(
        of("Berengar died").is_some_and(|c| !c.contains('@')),
        "{told:?}"
    );
    assert!(
        of("attacked Verona").is_some_and(|c| c.contains("@liutprand")),
        "{told:?}"
    );
    let text = article("").replace(
        "Commander1",
        "Casualties1: Wounded: 500\n- Casualties2: Kingdom of Lombardy: 700, Lombard sources: 900\n\
         - Strength1: 6,000 (disputed)\n- Strength2: 8,000\n- Commander1",
    );
    let draft = import_article("x.txt", &text).expect("an article").text;
    for line in [
        "  note \"losses of Duchy of Carinthia: Wounded: 500\"",
        "  losses of Kingdom of Lombardy: 700",
        "  losses of Kingdom of Lombardy: 900  [@lombard-sources via @war-of-carinthia]",
        "  note \"force of Duchy of Carinthia: 6,000 (disputed)\"",
        "  force of Kingdom of Lombardy: 8000",
    ] {
        assert!(draft.lines().any(|l| l == line), "{line}\n{draft}");
    }
    assert!(
        !draft.contains("@wounded") && !draft.contains("  force of Duchy"),
        "{draft}"
    );
}

#[test]
fn what_is_told_in_a_work_or_only_feared_is_not_claimed() {
    nothing_asserted(&[
        "In a play of 1920, Arnulf captured Berengar.",
        "In the novel, Arnulf attacked Verona.",
        "Arnulf attacked Verona in a later legend.",
        "Arnulf, it was feared, would attack Verona.",
        "Verona, it had been hoped, surrendered to Arnulf.",
        "Arnulf would rather die than surrender.",
        "In 896 (or 897) Arnulf attacked Verona.",
    ]);
    // Nothing stands in two roles of one event because a pronoun was taken for it.
    for claim in
        claims("Verona was rich. It was feared that it attacked Verona. It captured Verona.")
    {
        assert!(
            !claim.contains("Verona attacked Verona") && !claim.contains("Verona captured"),
            "{claim}"
        );
    }
}

#[test]
fn she_and_a_place_of_origin_are_nobody_else() {
    let told = claims("In 896 Duchess Irmgard married Berengar. She died in 897.");
    assert!(
        told.iter().any(|c| c.contains("897: Irmgard died")),
        "{told:?}"
    );
    let told = claims("Arnulf captured Berengar. She died in 897.");
    assert!(!told.iter().any(|c| c.contains("died")), "{told:?}");
    let told = claims("Adolf of Berg attacked Verona. Berg attacked Verona in 898.");
    assert!(!told.iter().any(|c| c.contains("898: Adolf")), "{told:?}");
}
