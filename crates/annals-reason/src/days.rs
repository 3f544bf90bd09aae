//! Days and distances that were worked out, kept by what the claims of a component say: after an
//! edit, those of every other component need not be worked out again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use annals_chronicle::{Edge, Moment};

use crate::answer::{Bounds, Span};
use crate::component::Kept;
use crate::partition::Partition;
use crate::print::{Print, place};
use crate::sorted::Prints;

/// Moments of one component are kept all; no chronicle has more.
const MOMENTS_AT_MOST: usize = 1 << 24;

/// A moment by the place of its event in its component.
type Placed = (u32, Edge);

/// What is known of the moments of a component.
pub(crate) struct Days {
    pub bounds: Kept<Placed, Bounds>,
    pub spans: Kept<(Placed, Placed), Span>,
}

impl Default for Days {
    fn default() -> Self {
        Days {
            bounds: Kept::at_most(MOMENTS_AT_MOST),
            spans: Kept::at_most(MOMENTS_AT_MOST),
        }
    }
}

/// What is known of the moments of all components.
#[derive(Default)]
pub(crate) struct KnownDays {
    prints: Prints,
    by_print: Mutex<BTreeMap<Print, Arc<Days>>>,
}

impl KnownDays {
    /// What was worked out already, and what is known of components that say the same.
    pub fn after(
        prints: Prints,
        worked_out: Vec<(Print, Arc<Days>)>,
        before: Option<&KnownDays>,
    ) -> KnownDays {
        let mut by_print: BTreeMap<Print, Arc<Days>> = worked_out.into_iter().collect();
        let before = before.and_then(|b| b.by_print.lock().ok());
        if let Some(before) = before {
            let kept = prints.iter().filter_map(|p| Some((*p, before.get(p)?)));
            by_print.extend(kept.map(|(print, days)| (print, days.clone())));
        }
        KnownDays {
            prints,
            by_print: Mutex::new(by_print),
        }
    }

    /// What a component says; what no claim tells of has no print and is not kept.
    pub fn print(&self, component: u32) -> Option<Print> {
        let print = self.prints.get(component as usize).copied();
        print.filter(|p| *p != Print::default())
    }

    /// What is known of the component of a moment, with the moment as it is named there.
    pub fn of(&self, partition: &Partition, moment: Moment) -> (Arc<Days>, Placed) {
        let component = partition.of_event[moment.event.index()];
        let events = &partition.scopes[component as usize].events;
        let placed = (place(events, moment.event), moment.edge);
        let print = self.print(component);
        let days = match (print, self.by_print.lock()) {
            (Some(print), Ok(mut map)) => map.entry(print).or_default().clone(),
            _ => Arc::default(),
        };
        (days, placed)
    }
}
