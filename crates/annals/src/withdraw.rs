//! What if a source had not spoken: the chronicle without it.

use annals_chronicle::{Attestation, Chronicle, SourceId};
use annals_reason::Reasoner;

use crate::Compiled;
use crate::phrasing::findings;

impl Compiled {
    /// The chronicle without what a source says, itself or as the one who reports another. A
    /// claim that nobody else attests becomes a draft: its label keeps its place as a bare
    /// undated moment, so that what hangs from it loses its dates and not its meaning. `None`
    /// where there is no such source.
    ///
    /// A detail that is cited apart from its claim stays with the claim.
    pub fn without_source(&self, key: &str) -> Option<Compiled> {
        let sources = &self.chronicle().sources;
        let index = sources.iter().position(|s| s.key == key)?;
        let mut resolved = self.resolved.clone();
        withdraw(&mut resolved.chronicle, SourceId(index as u32));
        let reasoner = Reasoner::new(&resolved.chronicle);
        let mut reports = self.reports[..self.reports_on_text].to_vec();
        reports.extend(findings(&self.files, &resolved, &reasoner));
        Some(Compiled {
            files: self.files.clone(),
            main: self.main,
            trees: self.trees.clone(),
            resolved,
            reasoner,
            reports,
            reports_on_text: self.reports_on_text,
        })
    }
}

fn withdraw(chronicle: &mut Chronicle, source: SourceId) {
    let others = |all: &mut Vec<Attestation>| {
        let said = all.len();
        all.retain(|a| a.source != source && a.via != Some(source));
        said == 0 || !all.is_empty()
    };
    for claim in &mut chronicle.claims {
        let before = claim.attestations.clone();
        if !others(&mut claim.attestations) {
            // A claim always has a witness; this one's is what makes it a draft.
            claim.attestations = before;
            claim.draft = true;
        }
    }
    chronicle
        .identities
        .retain_mut(|i| others(&mut i.attestations));
    chronicle
        .choices
        .retain_mut(|c| others(&mut c.attestations));
}
