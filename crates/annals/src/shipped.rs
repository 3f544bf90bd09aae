//! The texts that are part of the program: the vocabulary, read before all other files, and the
//! gazetteers, read where a file includes them. Each has its name in the repository.

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
        "vocabulary/movers.annals",
        include_str!("../../../vocabulary/movers.annals"),
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
        "vocabulary/units.annals",
        include_str!("../../../vocabulary/units.annals"),
    ),
    (
        "vocabulary/war.annals",
        include_str!("../../../vocabulary/war.annals"),
    ),
];

/// Name and text of every shipped gazetteer, by name.
pub const GAZETTEERS: &[(&str, &str)] = &[(
    "gazetteer/tarim.annals",
    include_str!("../../../gazetteer/tarim.annals"),
)];

/// The shipped gazetteer that an `include` asks for: by its name, with or without its folder.
pub(crate) fn gazetteer(written: &str) -> Option<(&'static str, &'static str)> {
    let asked = |name: &str| name == written || name.strip_prefix("gazetteer/") == Some(written);
    GAZETTEERS.iter().copied().find(|(name, _)| asked(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folders_is_shipped() {
        for (folder, shipped) in [("vocabulary", VOCABULARY), ("gazetteer", GAZETTEERS)] {
            let path = format!("{}/../../{folder}", env!("CARGO_MANIFEST_DIR"));
            let entries = std::fs::read_dir(path).unwrap();
            let mut there: Vec<String> = entries
                .map(|e| e.unwrap().file_name().into_string().unwrap())
                .filter(|name| name.ends_with(".annals"))
                .map(|name| format!("{folder}/{name}"))
                .collect();
            there.sort();
            let shipped: Vec<&str> = shipped.iter().map(|(name, _)| *name).collect();
            assert_eq!(shipped, there);
        }
    }

    #[test]
    fn a_gazetteer_is_asked_for_by_its_name() {
        let name = |written| gazetteer(written).map(|(name, _)| name);
        assert_eq!(name("tarim.annals"), Some("gazetteer/tarim.annals"));
        assert_eq!(
            name("gazetteer/tarim.annals"),
            Some("gazetteer/tarim.annals")
        );
        assert_eq!(name("../tarim.annals"), None);
        assert_eq!(name(""), None);
    }
}
