//! A small war whose articles tests make, and ways to look at the claims that a text comes to.

#![allow(dead_code)]

use annals_exchange::article::import_article;

/// An article about two people, two powers and some places, with sections to be read.
pub fn article(sections: &str) -> String {
    format!(
        "= War of Carinthia =\n\nInfobox\n- Conflict: War of Carinthia\n- Date: 895\n- Place: Verona\n\
         - Combatant1: Duchy of Carinthia\n- Combatant2: Kingdom of Lombardy\n- Commander1: Arnulf\n- Commander2: Berengar\n\n\
         {sections}\n"
    )
}

/// The claims that a text comes to, each text a section of one article so that none lends the next
/// its year or its subject.
pub fn claims_of(texts: &[String]) -> Vec<Vec<String>> {
    let sections: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(i, t)| format!("== Part {} ==\n\n{t}\n", letters(i)))
        .collect();
    let draft = import_article("x.txt", &article(&sections.join("\n")))
        .expect("an article")
        .text;
    let prose = draft.split("// Not read").next().unwrap_or("");
    let mut found = vec![Vec::new(); texts.len()];
    let mut part = None;
    for line in prose.lines() {
        if let Some(rest) = line.strip_prefix("section \"") {
            let title = rest.split('"').next().unwrap_or("");
            part = (0..texts.len()).find(|i| title == format!("Part {}", letters(*i)));
        } else if let Some(part) =
            part.filter(|_| !line.is_empty() && !line.starts_with("//") && !line.starts_with(' '))
        {
            found[part].push(line.to_owned());
        }
    }
    found
}

/// A name for a section without a digit, which could be read as a year.
pub fn letters(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + n as u8);
    format!("{}{}", letter(number / 26 % 26), letter(number % 26))
}

pub fn claims(sentence: &str) -> Vec<String> {
    claims_of(&[sentence.to_owned()]).pop().unwrap_or_default()
}

pub fn asserted(claim: &str) -> bool {
    let sentence = claim.split_once(": ").map_or(claim, |(_, s)| s);
    let moded = [
        "not:",
        "unknown whether",
        "attempted:",
        "planned:",
        "ordered:",
        "expected:",
        "refused:",
    ];
    let doubted = sentence
        .split("  [")
        .next()
        .unwrap_or("")
        .split(" #")
        .next()
        .unwrap_or("")
        .trim_end()
        .ends_with('?');
    !doubted && !moded.iter().any(|m| sentence.starts_with(m))
}

/// Sentences of three deeds under a governing phrase; `{past}` and the like stand for the verb.
pub fn under(frame: &str) -> Vec<String> {
    let deeds = [
        ("attack", "attacked", "attacked", "Verona"),
        ("capture", "captured", "captured", "Berengar"),
        ("besiege", "besieged", "besieged", "Verona"),
        ("pursue", "pursued", "pursued", "Berengar"),
    ];
    deeds
        .iter()
        .map(|(base, past, participle, object)| {
            frame
                .replace("{base}", base)
                .replace("{past}", past)
                .replace("{participle}", participle)
                .replace("{object}", object)
        })
        .collect()
}
/// The whole draft of a text that stands as one section.
pub fn draft_of(text: &str) -> String {
    import_article("x.txt", &article(&format!("== Part ==\n\n{text}\n")))
        .expect("an article")
        .text
}

/// Sentences under which nothing may be asserted; each must be listed.
pub fn nothing_asserted(sentences: &[&str]) {
    let texts: Vec<String> = sentences.iter().map(|s| (*s).to_owned()).collect();
    let mut wrong = Vec::new();
    for (sentence, claims) in sentences.iter().zip(claims_of(&texts)) {
        let bad: Vec<String> = claims.into_iter().filter(|c| asserted(c)).collect();
        if !bad.is_empty() {
            wrong.push(format!("{sentence}\n    {bad:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let draft = draft_of(&sentences.join(" "));
    for sentence in sentences {
        assert!(draft.contains(sentence), "{sentence} is lost");
    }
}
