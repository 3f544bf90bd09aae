//! The gold list: what a careful reader finds in an article.

use serde_json::Value;

use super::compare::{Item, Labels, items_of};

/// A claim of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its name in the list.
    pub id: String,
    /// `infobox`, `prose` or `names`.
    pub from: String,
    /// `event`, `state`, `kinship`, `figure`, `detail` or `name`.
    pub kind: String,
    /// 1 easy to 3 hard.
    pub difficulty: u64,
    when: String,
    /// The sentence and others as good.
    ways: Vec<String>,
    label: Option<String>,
    /// Names that mean one thing.
    pub same: Vec<String>,
}

impl Wanted {
    /// The claim in words.
    pub fn words(&self) -> String {
        match (self.kind.as_str(), self.ways.first()) {
            ("name", _) => self.same.join(" = "),
            ("figure" | "detail", Some(detail)) => detail.clone(),
            (_, Some(way)) => format!("{}: {way}", self.when),
            (_, None) => String::new(),
        }
    }
}

/// A gold list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    names: Vec<String>,
    main: Option<(String, String)>,
    /// The claims.
    pub claims: Vec<Wanted>,
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    let list = value.get(key).and_then(Value::as_array);
    let list = list.into_iter().flatten().filter_map(Value::as_str);
    list.map(str::to_owned).collect()
}

impl Gold {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// In words, with the claim that is at fault.
    pub fn read(json: &str) -> Result<Gold, String> {
        let value: Value =
            serde_json::from_str(json).map_err(|e| format!("the gold list is no JSON: {e}"))?;
        let claims = value.get("claims").and_then(Value::as_array);
        let claims = claims.ok_or("the gold list has no `claims`")?;
        let main = value
            .get("main")
            .and_then(|m| Some((text(m, "when")?, text(m, "claim")?)));
        let wanted: Result<Vec<Wanted>, String> = claims.iter().map(wanted).collect();
        Ok(Gold {
            names: texts(&value, "names"),
            main,
            claims: wanted?,
        })
    }

    /// What each claim says, in all its ways; the labels of the list; lines that do not compile.
    pub(super) fn items(&self) -> (Vec<Vec<Item>>, Labels, Vec<String>) {
        let mut page = String::new();
        let mut of_line: Vec<(usize, usize)> = Vec::new();
        for name in &self.names {
            let mut names = name.split(" = ");
            page.push_str(&format!("{}\n", names.next().unwrap_or_default()));
            for also in names {
                page.push_str(&format!("  also {also}\n"));
            }
        }
        let main = match &self.main {
            Some((when, claim)) => format!("{when}: {claim}. #gold-main\n"),
            None => "undated: \"the article\". #gold-main\n".to_owned(),
        };
        page.push_str(&main);
        for (number, claim) in self.claims.iter().enumerate() {
            for (way, words) in claim.ways.iter().enumerate() {
                let line = page.matches('\n').count() + 1;
                if matches!(claim.kind.as_str(), "figure" | "detail") {
                    page.push_str(&format!("#gold-main:\n  {words}\n"));
                    of_line.push((line + 1, number));
                    continue;
                }
                let label = claim
                    .label
                    .as_ref()
                    .filter(|_| way == 0)
                    .map(|l| format!(" #{l}"))
                    .unwrap_or_default();
                let end = if words.ends_with('?') { "" } else { "." };
                page.push_str(&format!("{}: {words}{end}{label}\n", claim.when));
                of_line.push((line, number));
            }
        }
        let (found, labels) = items_of(&page, "gold.annals");
        let mut items: Vec<Vec<Item>> = vec![Vec::new(); self.claims.len()];
        for mut item in found {
            if let Some((_, number)) = of_line.iter().find(|(line, _)| *line == item.line) {
                item.place.clone_from(&self.claims[*number].from);
                items[*number].push(item);
            }
        }
        let empty = self
            .claims
            .iter()
            .zip(&items)
            .filter(|(c, i)| i.is_empty() && c.kind != "name");
        let faults = empty
            .map(|(c, _)| format!("{}: {}", c.id, c.words()))
            .collect();
        (items, labels, faults)
    }
}

fn wanted(value: &Value) -> Result<Wanted, String> {
    let id = text(value, "id").ok_or("a gold claim has no `id`")?;
    let need = |key: &str| text(value, key).ok_or(format!("the gold claim {id} has no `{key}`"));
    let kind = need("kind")?;
    let mut ways = texts(value, "or");
    let mut when = String::new();
    match kind.as_str() {
        "name" => ways.clear(),
        "figure" | "detail" => ways.insert(0, need("detail")?),
        _ => {
            when = need("when")?;
            ways.insert(0, need("claim")?);
        }
    }
    Ok(Wanted {
        from: need("from")?,
        difficulty: value.get("difficulty").and_then(Value::as_u64).unwrap_or(1),
        label: text(value, "label"),
        same: texts(value, "same"),
        kind,
        when,
        ways,
        id,
    })
}
