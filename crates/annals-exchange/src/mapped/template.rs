//! Sentences with columns in them: `{Ruler} is king of {Polity} [with {Consort}]`.

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words as they stand.
    Words(String),
    /// The cell of a column, by name.
    Column(String),
    /// Pieces that are left out where a cell in them is empty.
    Perhaps(Vec<Piece>),
}

/// Reads a sentence with columns in braces and optional parts in brackets.
///
/// # Errors
///
/// What is open, empty or in another.
pub(crate) fn read_template(text: &str) -> Result<Vec<Piece>, String> {
    let mut outer: Vec<Piece> = Vec::new();
    let mut inner: Option<Vec<Piece>> = None;
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '[', ']']) {
        let (words, tail) = rest.split_at(at);
        let mark = tail.as_bytes().first().copied().unwrap_or(b'}');
        rest = tail.get(1..).unwrap_or("");
        let into = inner.as_mut().unwrap_or(&mut outer);
        if !words.is_empty() {
            into.push(Piece::Words(words.to_owned()));
        }
        match mark {
            b'{' => {
                let Some((name, tail)) = rest.split_once('}') else {
                    return Err("a `{` is not closed".to_owned());
                };
                if name.trim().is_empty() || name.contains(['{', '[', ']']) {
                    return Err("`{}` must hold the name of a column".to_owned());
                }
                into.push(Piece::Column(name.trim().to_owned()));
                rest = tail;
            }
            b'[' if inner.is_none() => inner = Some(Vec::new()),
            b']' => match inner.take() {
                Some(pieces) if columns(&pieces).is_empty() => {
                    return Err("`[…]` without a column in it would never be left out".to_owned());
                }
                Some(pieces) => outer.push(Piece::Perhaps(pieces)),
                None => return Err("a `]` closes nothing".to_owned()),
            },
            b'[' => return Err("`[` stands inside another".to_owned()),
            _ => return Err("a `}` closes nothing".to_owned()),
        }
    }
    if inner.is_some() {
        return Err("a `[` is not closed".to_owned());
    }
    if !rest.is_empty() {
        outer.push(Piece::Words(rest.to_owned()));
    }
    Ok(outer)
}

/// The columns a template names, each once, in their order.
pub(crate) fn columns(pieces: &[Piece]) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut add = |name| {
        if !found.contains(&name) {
            found.push(name);
        }
    };
    for piece in pieces {
        match piece {
            Piece::Words(_) => {}
            Piece::Column(name) => add(name.as_str()),
            Piece::Perhaps(inner) => columns(inner).into_iter().for_each(&mut add),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_columns_and_brackets_may_be_left_out() {
        let pieces = read_template("{Ruler} rules {Land}[ with {Who}].").unwrap();
        assert_eq!(columns(&pieces), ["Ruler", "Land", "Who"]);
        assert!(matches!(pieces[3], Piece::Perhaps(_)));
        for bad in [
            "{Ruler", "Ruler}", "{}", "[x", "x]", "[[{a}]]", "[never]", "{a{b}}",
        ] {
            assert!(read_template(bad).is_err(), "{bad}");
        }
    }
}
