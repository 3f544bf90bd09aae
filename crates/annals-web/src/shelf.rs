//! What was worked out, kept for whoever asks next.
//!
//! A slot is made when something is first asked for. Whoever asks for the same thing meanwhile
//! waits for it; nothing is worked out twice. An asker who leaves stops waiting, but work that has
//! begun is finished and kept. A [`Bench`] has a fixed number of places to work and a fixed queue
//! before them, so that many requests at once slow each other down and stop nobody.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::http::StatusCode;
use tokio::sync::{Mutex as Turn, Semaphore};

use crate::problem::Problem;

/// Places to work, and how many may wait for one.
pub struct Bench {
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Bench {
    /// A bench with so many places, and so many seats before it.
    pub fn new(places: usize, queue: usize) -> Bench {
        Bench {
            places: Arc::new(Semaphore::new(places)),
            queue: Arc::new(Semaphore::new(places + queue)),
        }
    }

    /// Works something out on a thread of its own; at once a problem where the queue is full.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let seat = Arc::clone(&self.queue).try_acquire_owned();
        let seat = seat.map_err(|_| Problem::busy())?;
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|_| Problem::busy())?;
        let done = tokio::task::spawn_blocking(move || {
            // Held until the work ends, not until the asker leaves.
            let _held = (seat, place);
            work()
        });
        done.await.map_err(|_| failed())
    }
}

fn failed() -> Problem {
    let words = "working this out failed; this is a fault of the program";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", words)
}

/// A place for one result.
struct Slot<V> {
    value: OnceLock<V>,
    turn: Arc<Turn<()>>,
}

/// The latest results, the one used longest ago first.
pub struct Shelf<V> {
    slots: Mutex<Vec<(String, Arc<Slot<V>>)>>,
    most: usize,
    /// The most all values together may weigh.
    most_weight: usize,
    weigh: fn(&V) -> usize,
}

impl<V: Clone + Send + Sync + 'static> Shelf<V> {
    /// A shelf for so many results of so much weight together.
    pub fn new(most: usize, most_weight: usize, weigh: fn(&V) -> usize) -> Shelf<V> {
        Shelf {
            slots: Mutex::default(),
            most,
            most_weight,
            weigh,
        }
    }

    /// What is kept under a key, or else what `work` makes of it.
    pub async fn get(
        &self,
        key: String,
        bench: &Bench,
        work: impl FnOnce() -> V + Send + 'static,
    ) -> Result<V, Problem> {
        let slot = self.slot(key);
        if let Some(value) = slot.value.get() {
            return Ok(value.clone());
        }
        let turn = Arc::clone(&slot.turn).lock_owned().await;
        if let Some(value) = slot.value.get() {
            return Ok(value.clone());
        }
        let value = bench
            .work(move || {
                let value = work();
                let _ = slot.value.set(value.clone());
                drop(turn);
                value
            })
            .await?;
        self.lighten();
        Ok(value)
    }

    /// The slot of a key, made where there is none, as the one used last.
    fn slot(&self, key: String) -> Arc<Slot<V>> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let found = slots.iter().position(|(k, _)| *k == key);
        let (key, slot) = match found {
            Some(at) => slots.remove(at),
            None => {
                let slot = Slot {
                    value: OnceLock::new(),
                    turn: Arc::default(),
                };
                (key, Arc::new(slot))
            }
        };
        slots.push((key, Arc::clone(&slot)));
        let over = slots.len().saturating_sub(self.most);
        slots.drain(..over);
        slot
    }

    /// Takes the oldest results away until the rest is light enough; the newest stays.
    fn lighten(&self) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let weight = |slot: &Slot<V>| slot.value.get().map_or(0, self.weigh);
        let mut total: usize = slots.iter().map(|(_, s)| weight(s)).sum();
        while total > self.most_weight && slots.len() > 1 {
            let (_, oldest) = slots.remove(0);
            total -= weight(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    fn weightless(_: &usize) -> usize {
        0
    }

    #[tokio::test]
    async fn what_is_asked_twice_is_worked_out_once() {
        static WORKED: AtomicUsize = AtomicUsize::new(0);
        let shelf = Arc::new(Shelf::new(8, 8, weightless));
        let bench = Arc::new(Bench::new(4, 8));
        let askers: Vec<_> = (0..6)
            .map(|_| {
                let (shelf, bench) = (Arc::clone(&shelf), Arc::clone(&bench));
                tokio::spawn(async move {
                    let work = || {
                        std::thread::sleep(Duration::from_millis(30));
                        WORKED.fetch_add(1, Ordering::SeqCst)
                    };
                    shelf.get("a".to_owned(), &bench, work).await.unwrap()
                })
            })
            .collect();
        for asker in askers {
            assert_eq!(asker.await.unwrap(), 0);
        }
        assert_eq!(WORKED.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn work_is_finished_and_kept_when_its_asker_leaves() {
        let shelf = Arc::new(Shelf::new(8, 8, weightless));
        let bench = Arc::new(Bench::new(1, 8));
        let slow = || {
            std::thread::sleep(Duration::from_millis(60));
            7
        };
        let left = tokio::time::timeout(
            Duration::from_millis(10),
            shelf.get("a".to_owned(), &bench, slow),
        );
        assert!(left.await.is_err());
        let again = shelf.get("a".to_owned(), &bench, || 8).await.unwrap();
        assert_eq!(again, 7);
    }

    #[tokio::test]
    async fn a_full_queue_turns_away() {
        let bench = Arc::new(Bench::new(1, 1));
        let slow = || std::thread::sleep(Duration::from_millis(80));
        let two: Vec<_> = (0..2)
            .map(|_| {
                let bench = Arc::clone(&bench);
                tokio::spawn(async move { bench.work(slow).await })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(bench.work(|| ()).await.is_err());
        for done in two {
            assert!(done.await.unwrap().is_ok());
        }
        assert!(bench.work(|| ()).await.is_ok());
    }

    #[tokio::test]
    async fn the_oldest_and_the_heaviest_go_first() {
        let shelf = Shelf::new(3, 10, |n: &usize| *n);
        let bench = Bench::new(1, 1);
        for (key, value) in [("a", 1), ("b", 2), ("c", 3), ("a", 9), ("d", 4)] {
            shelf
                .get(key.to_owned(), &bench, move || value)
                .await
                .unwrap();
        }
        // `a` was used again after `b` and is still there with its first value.
        assert_eq!(shelf.get("a".to_owned(), &bench, || 0).await.unwrap(), 1);
        assert_eq!(shelf.get("b".to_owned(), &bench, || 8).await.unwrap(), 8);
        // 8 and 4 and 1 are too heavy together: the ones used longest ago went.
        assert_eq!(shelf.get("d".to_owned(), &bench, || 0).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn work_that_fails_is_a_problem_and_can_be_asked_again() {
        let shelf: Shelf<usize> = Shelf::new(3, 10, |n| *n);
        let bench = Bench::new(1, 1);
        let broken = shelf.get("a".to_owned(), &bench, || panic!("on purpose"));
        assert!(broken.await.is_err());
        assert_eq!(shelf.get("a".to_owned(), &bench, || 3).await.unwrap(), 3);
    }
}
