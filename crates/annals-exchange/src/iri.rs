//! Names of things for the web of data.

/// The base of all names, where nobody gives one of their own.
pub const URN: &str = "urn:annals:";

/// The name of something of a chronicle: `urn:annals:claim:12`, `https://example.org/x/claim/12`.
pub(crate) fn iri(base: &str, kind: &str, id: &str) -> String {
    let between = if base.starts_with("urn:") { ':' } else { '/' };
    let base = base.trim_end_matches(['/', '#', ':']);
    let joint = if base.starts_with("urn:") { ':' } else { '/' };
    format!("{base}{joint}{kind}{between}{}", encoded(id))
}

/// Text as a segment of an IRI: what is not a letter, a digit or one of `-._~` in percent signs
/// (RFC 3986, 2.3), letters of all scripts as they stand (RFC 3987).
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') {
            out.push(c);
            continue;
        }
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a text can be the base of names.
///
/// # Errors
///
/// What it lacks, in words.
pub fn check_base(base: &str) -> Result<(), String> {
    let scheme = ["http://", "https://", "urn:"]
        .iter()
        .any(|s| base.starts_with(s));
    let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    if !scheme || base.contains(bad) || base.len() < 6 {
        return Err(format!(
            "`{base}` cannot be the base of names: it begins with http://, https:// or urn: and holds no blanks"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_iris() {
        assert_eq!(iri(URN, "claim", "12"), "urn:annals:claim:12");
        assert_eq!(
            iri("https://x.org/a/", "source", "a b/ü"),
            "https://x.org/a/source/a%20b%2Fü"
        );
        assert!(check_base("https://x.org").is_ok());
        assert!(check_base("x.org").is_err());
        assert!(check_base("https://x.org/<a>").is_err());
    }
}
