//! Names nobody has borne: unique, pronounceable, alike within a region.

use std::collections::BTreeSet;

use super::random::Random;

/// How the names of one region sound.
struct Tongue {
    opens: &'static [&'static str],
    vowels: &'static [&'static str],
    closes: &'static [&'static str],
    lands: &'static [&'static str],
    towns: &'static [&'static str],
}

const TONGUES: [Tongue; 4] = [
    Tongue {
        opens: &["k", "t", "b", "d", "g", "s", "y", "q", "ch", "sh", "m", "n"],
        vowels: &["a", "e", "i", "o", "u", "ü", "ai"],
        closes: &["", "", "r", "l", "n", "q", "sh", "t"],
        lands: &["tan", "luk", "shar", "qan"],
        towns: &["kent", "balyk", "tepe", "sarai"],
    },
    Tongue {
        opens: &[
            "b", "d", "f", "g", "h", "v", "r", "s", "t", "br", "gr", "th",
        ],
        vowels: &["a", "e", "i", "o", "u", "æ", "ei"],
        closes: &["", "", "r", "l", "n", "ld", "rn", "s"],
        lands: &["mark", "gard", "reth", "heim"],
        towns: &["wick", "burh", "dun", "stead"],
    },
    Tongue {
        opens: &["p", "t", "k", "l", "m", "n", "d", "ph", "x", "r", "s", "z"],
        vowels: &["a", "e", "i", "o", "y", "eu"],
        closes: &["", "", "s", "n", "r", "x"],
        lands: &["ia", "onia", "ene", "aia"],
        towns: &["polis", "assos", "inthos", "ara"],
    },
    Tongue {
        opens: &["zh", "x", "l", "w", "h", "j", "g", "m", "y", "sh", "d", "f"],
        vowels: &["a", "e", "i", "o", "u", "ao", "ia", "uo"],
        closes: &["", "", "n", "ng", "r"],
        lands: &["guo", "yue", "liang", "chu"],
        towns: &["zhou", "cheng", "guan", "yang"],
    },
];

/// Gives every name once.
#[derive(Debug, Default)]
pub struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// A country of a region that speaks this tongue.
    pub fn land(&mut self, random: &mut Random, tongue: usize) -> String {
        self.fresh(random, |random| {
            let of = &TONGUES[tongue % TONGUES.len()];
            let stem = syllables(random, of, 2);
            capital(&format!("{stem}{}", random.pick(of.lands)))
        })
    }

    /// A town there.
    pub fn town(&mut self, random: &mut Random, tongue: usize) -> String {
        self.fresh(random, |random| {
            let of = &TONGUES[tongue % TONGUES.len()];
            let stem = syllables(random, of, 2);
            capital(&format!("{stem}{}", random.pick(of.towns)))
        })
    }

    /// A person of a house.
    pub fn person(&mut self, random: &mut Random, tongue: usize, house: &str) -> String {
        self.fresh(random, |random| {
            let of = &TONGUES[tongue % TONGUES.len()];
            let syllable_count = 2 + random.below(2);
            let given = capital(&syllables(random, of, syllable_count));
            format!("{given} {house}")
        })
    }

    /// The name of a house, which its members bear and which need not be unique.
    pub fn house(&mut self, random: &mut Random, tongue: usize) -> String {
        let of = &TONGUES[tongue % TONGUES.len()];
        capital(&syllables(random, of, 2))
    }

    /// A name that nobody bears yet; after some vain tries it takes a number.
    fn fresh(&mut self, random: &mut Random, make: impl Fn(&mut Random) -> String) -> String {
        for _ in 0..8 {
            let name = make(random);
            if self.given.insert(name.clone()) {
                return name;
            }
        }
        let name = make(random);
        let numbered = (2..)
            .map(|number| format!("{name} {}", roman(number)))
            .find(|name| !self.given.contains(name))
            .expect("numbers do not end");
        self.given.insert(numbered.clone());
        numbered
    }
}

fn syllables(random: &mut Random, of: &Tongue, count: usize) -> String {
    let mut name = String::new();
    for _ in 0..count {
        name.push_str(random.pick(of.opens));
        name.push_str(random.pick(of.vowels));
        name.push_str(random.pick(of.closes));
    }
    name
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

/// A name as the word of a label: small ASCII letters.
pub fn slug(name: &str) -> String {
    let letters = name.chars().filter_map(|letter| match letter {
        'ü' | 'Ü' => Some('u'),
        'æ' | 'Æ' => Some('e'),
        ' ' => Some('-'),
        _ if letter.is_ascii_alphabetic() => Some(letter.to_ascii_lowercase()),
        _ => None,
    });
    letters.collect()
}
