//! The shipped chronicle: the Tang campaigns against Karasahr, as `chronicles/karasahr` holds it.

/// Path and text of each of its files; the first is the main one.
pub const KARASAHR: &[(&str, &str)] = &[
    (
        "karasahr/main.annals",
        include_str!("../../../chronicles/karasahr/main.annals"),
    ),
    (
        "karasahr/places.annals",
        include_str!("../../../chronicles/karasahr/places.annals"),
    ),
    (
        "karasahr/article.annals",
        include_str!("../../../chronicles/karasahr/article.annals"),
    ),
    (
        "karasahr/chinese-sources.annals",
        include_str!("../../../chronicles/karasahr/chinese-sources.annals"),
    ),
    (
        "karasahr/sources.bib",
        include_str!("../../../chronicles/karasahr/sources.bib"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_shipped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../chronicles/karasahr");
        let entries = std::fs::read_dir(folder).unwrap();
        let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut there: Vec<String> = names
            .filter(|name| !name.ends_with(".md"))
            .map(|name| format!("karasahr/{name}"))
            .collect();
        there.sort();
        let mut shipped: Vec<&str> = KARASAHR.iter().map(|(path, _)| *path).collect();
        shipped.sort_unstable();
        assert_eq!(shipped, there);
    }
}
