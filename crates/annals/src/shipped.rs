//! The vocabulary that is part of the program: the files of `vocabulary/`, read before all
//! others, each under its name there.

/// Name and text of every shipped vocabulary file, by name.
pub const VOCABULARY: &[(&str, &str)] = &[
    (
        "vocabulary/alliance.annals",
        include_str!("../../../vocabulary/alliance.annals"),
    ),
    (
        "vocabulary/building.annals",
        include_str!("../../../vocabulary/building.annals"),
    ),
    (
        "vocabulary/captivity.annals",
        include_str!("../../../vocabulary/captivity.annals"),
    ),
    (
        "vocabulary/circumstances.annals",
        include_str!("../../../vocabulary/circumstances.annals"),
    ),
    (
        "vocabulary/identity.annals",
        include_str!("../../../vocabulary/identity.annals"),
    ),
    (
        "vocabulary/kinds.annals",
        include_str!("../../../vocabulary/kinds.annals"),
    ),
    (
        "vocabulary/kinship.annals",
        include_str!("../../../vocabulary/kinship.annals"),
    ),
    (
        "vocabulary/life.annals",
        include_str!("../../../vocabulary/life.annals"),
    ),
    (
        "vocabulary/office.annals",
        include_str!("../../../vocabulary/office.annals"),
    ),
    (
        "vocabulary/places.annals",
        include_str!("../../../vocabulary/places.annals"),
    ),
    (
        "vocabulary/religion.annals",
        include_str!("../../../vocabulary/religion.annals"),
    ),
    (
        "vocabulary/rule.annals",
        include_str!("../../../vocabulary/rule.annals"),
    ),
    (
        "vocabulary/suzerainty.annals",
        include_str!("../../../vocabulary/suzerainty.annals"),
    ),
    (
        "vocabulary/travel.annals",
        include_str!("../../../vocabulary/travel.annals"),
    ),
    (
        "vocabulary/treaty.annals",
        include_str!("../../../vocabulary/treaty.annals"),
    ),
    (
        "vocabulary/war.annals",
        include_str!("../../../vocabulary/war.annals"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_shipped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vocabulary");
        let entries = std::fs::read_dir(folder).unwrap();
        let mut there: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".annals"))
            .map(|name| format!("vocabulary/{name}"))
            .collect();
        there.sort();
        let shipped: Vec<&str> = VOCABULARY.iter().map(|(name, _)| *name).collect();
        assert_eq!(shipped, there);
    }
}
