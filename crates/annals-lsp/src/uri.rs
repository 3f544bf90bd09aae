//! The names editors have for files, and the paths a [`World`](annals::World) knows them by.
//!
//! `file:///notes/main.annals` is the path `/notes/main.annals`, `file:///C:/x.annals` the path
//! `C:/x.annals`; `annals:///places.annals` is the path `places.annals` of a world whose paths are
//! relative, such as the one a web server lends. Bytes outside the unreserved characters of RFC
//! 3986 are written with `%`.

/// The path of a URI; `None` where it has another scheme, names another machine, or is no text.
pub fn path_of(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    let rest = rest.strip_prefix("//")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(rest.split(['?', '#']).next()?.strip_prefix('/')?)?;
    match scheme.to_ascii_lowercase().as_str() {
        "annals" => Some(path),
        "file" if path.get(1..3) == Some(":/") => Some(path),
        "file" => Some(format!("/{path}")),
        _ => None,
    }
}

/// The URI of a path: `file:` for an absolute one, `annals:` for a relative one.
pub fn uri_of(path: &str) -> String {
    let (scheme, path) = match path.strip_prefix('/') {
        Some(path) => ("file", path),
        None if path.get(1..3) == Some(":/") => ("file", path),
        None => ("annals", path),
    };
    format!("{scheme}:///{}", encoded(path))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}

fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_uris_are_each_others() {
        for (path, uri) in [
            ("/notes/main.annals", "file:///notes/main.annals"),
            ("/a b/焉.annals", "file:///a%20b/%E7%84%89.annals"),
            ("C:/x.annals", "file:///C%3A/x.annals"),
            ("places.annals", "annals:///places.annals"),
            ("../x.annals", "annals:///../x.annals"),
        ] {
            assert_eq!(uri_of(path), uri);
            assert_eq!(path_of(uri).as_deref(), Some(path));
        }
        assert_eq!(path_of("file:///C:/x").as_deref(), Some("C:/x"));
        assert_eq!(path_of("file://localhost/x").as_deref(), Some("/x"));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for uri in [
            "untitled:Untitled-1",
            "x",
            "file:x",
            "file:///%zz",
            "file:///%ff",
            "file://host/x",
        ] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
    }
}
