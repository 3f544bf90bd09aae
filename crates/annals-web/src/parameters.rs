//! The parameters of a request.

use axum::extract::Query;
use axum::http::Uri;

use annals::Changes;

use crate::problem::Problem;

/// The greatest number of bytes of a query. Longer ones are nobody's question.
const LONGEST_QUERY: usize = 8 * 1024;

/// How many changes one request may make.
const MOST_CHANGES: usize = 64;

/// Parameters in the order given. One that a route does not know is refused and not passed over:
/// a misspelt `without` would otherwise answer as if nothing were left out.
#[derive(Clone, Debug, Default)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the query of an address; `known` are the names the route knows.
    pub fn read(uri: &Uri, known: &[&str]) -> Result<Parameters, Problem> {
        if uri.query().is_some_and(|q| q.len() > LONGEST_QUERY) {
            return Err(Problem::parameter("the query is too long"));
        }
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| Problem::parameter("the query cannot be read"))?;
        if let Some((name, _)) = pairs.iter().find(|(n, _)| !known.contains(&n.as_str())) {
            let words = match known {
                [] => format!("`{name}` is not known here; nothing can be given"),
                known => format!("`{name}` is not known here; {} are", known.join(", ")),
            };
            return Err(Problem::parameter(words));
        }
        Ok(Parameters(pairs))
    }

    /// The value of a parameter that may be given once; an empty one counts as not given.
    pub fn one(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(n, _)| n == name);
        values
            .next_back()
            .map(|(_, v)| v.as_str())
            .filter(|v| !v.is_empty())
    }

    /// The value of a parameter that has to be given.
    pub fn needed(&self, name: &str) -> Result<&str, Problem> {
        self.one(name)
            .ok_or_else(|| Problem::parameter(format!("`{name}` is missing")))
    }

    /// All values of a parameter that may be given several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(n, v)| n == name && !v.is_empty());
        values.map(|(_, v)| v.clone()).collect()
    }

    /// A whole number.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, Problem> {
        let Some(text) = self.one(name) else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Problem::parameter(format!(
                "`{name}` has to be a whole number of a day, a state or the like, not `{text}`"
            ))),
        }
    }

    /// `1`, or nothing.
    pub fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.one(name) {
            None | Some("0") => Ok(false),
            Some("1") => Ok(true),
            Some(other) => Err(Problem::parameter(format!(
                "`{name}` is `1` or not given, not `{other}`"
            ))),
        }
    }

    /// The changes asked for.
    pub fn changes(&self) -> Result<Changes, Problem> {
        let changes = Changes {
            without: self.all("without"),
            with: vec![],
            prefer: self.all("prefer"),
        };
        if changes.without.len() + changes.prefer.len() > MOST_CHANGES {
            let words = format!("no more than {MOST_CHANGES} changes can be asked for at once");
            return Err(Problem::parameter(words));
        }
        Ok(changes)
    }
}
