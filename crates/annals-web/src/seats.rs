//! Who may stay on the line, and who leaves where it is full.
//!
//! Connections are few, so that a machine is not asked for more than it can hold. Where all are
//! taken, the newcomer gets the place of whoever has kept the server waiting longest: of a head or
//! a body that does not come, or a reply that is not read. Nobody whose question is being answered
//! is sent away; where all are being answered, the newcomer waits.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::{Body as _, Bytes, Frame, SizeHint};
use tokio::sync::Notify;

/// The places, and who has them.
pub struct Seats {
    most: usize,
    taken: Mutex<Taken>,
    /// Told whenever a place may have become free.
    freed: Notify,
}

#[derive(Default)]
struct Taken {
    /// Counts arrivals and turns, so that who waits longest is known without a clock.
    turns: u64,
    sitting: BTreeMap<u64, (Turn, Arc<Notify>)>,
}

/// Whose turn it is on a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// The peer's, since then: something is to come, or to be read.
    Peer(u64),
    /// The server's.
    Server,
}

/// A place that is held; it is free again once this is dropped.
pub struct Seat {
    number: u64,
    leave: Arc<Notify>,
    seats: Arc<Seats>,
}

impl Seats {
    /// So many places.
    pub fn new(most: usize) -> Arc<Seats> {
        Arc::new(Seats {
            most,
            taken: Mutex::default(),
            freed: Notify::new(),
        })
    }

    /// A place for a newcomer. One alone may wait here at a time.
    pub async fn take(self: &Arc<Seats>) -> Seat {
        loop {
            if let Some(seat) = self.free() {
                return seat;
            }
            self.freed.notified().await;
        }
    }

    fn free(self: &Arc<Seats>) -> Option<Seat> {
        let mut taken = self.taken();
        if taken.sitting.len() >= self.most {
            let (turn, slowest) = taken
                .sitting
                .iter()
                .map(|(n, (turn, _))| (*turn, *n))
                .min()?;
            if turn == Turn::Server {
                return None;
            }
            let (_, leave) = taken.sitting.remove(&slowest)?;
            leave.notify_one();
        }
        taken.turns += 1;
        let number = taken.turns;
        let leave = Arc::new(Notify::new());
        let sitting = (Turn::Peer(number), Arc::clone(&leave));
        taken.sitting.insert(number, sitting);
        Some(Seat {
            number,
            leave,
            seats: Arc::clone(self),
        })
    }

    /// Waits until everybody has left. Nobody may be waiting for a place then.
    pub async fn empty(&self) {
        while !self.taken().sitting.is_empty() {
            self.freed.notified().await;
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Comes once the place is needed for somebody else.
    pub async fn leave(&self) {
        self.leave.notified().await;
    }

    /// From now on the peer is waited for.
    pub fn peers_turn(&self) {
        let mut taken = self.seats.taken();
        taken.turns += 1;
        let turn = Turn::Peer(taken.turns);
        if let Some(sitting) = taken.sitting.get_mut(&self.number) {
            sitting.0 = turn;
        }
        drop(taken);
        self.seats.freed.notify_one();
    }

    /// From now on the server is.
    pub fn servers_turn(&self) {
        if let Some(sitting) = self.seats.taken().sitting.get_mut(&self.number) {
            sitting.0 = Turn::Server;
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken().sitting.remove(&self.number);
        self.seats.freed.notify_one();
    }
}

/// A request whose body tells the place when it has come to its end.
pub fn asked(request: Request<hyper::body::Incoming>, seat: &Arc<Seat>) -> Request<Body> {
    let whole = request.body().is_end_stream();
    if whole {
        seat.servers_turn();
        return request.map(Body::new);
    }
    let seat = Arc::clone(seat);
    request.map(|body| {
        let inner = Body::new(body);
        let side = Side::Asked;
        Body::new(Told { inner, seat, side })
    })
}

/// A reply that tells the place when it has been taken.
pub fn answered(response: Response<Body>, seat: &Arc<Seat>) -> Response<Body> {
    let seat = Arc::clone(seat);
    response.map(|inner| {
        let side = Side::Answered;
        Body::new(Told { inner, seat, side })
    })
}

#[derive(PartialEq, Eq)]
enum Side {
    Asked,
    Answered,
}

/// A body that changes whose turn it is: the server's once all of a question is there, the peer's
/// once all of an answer is handed over.
struct Told {
    inner: Body,
    seat: Arc<Seat>,
    side: Side,
}

impl hyper::body::Body for Told {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(cx);
        let ended = matches!(polled, Poll::Ready(None)) || self.inner.is_end_stream();
        if ended && self.side == Side::Asked {
            self.seat.servers_turn();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        // A question that nobody reads to its end is being answered all the same.
        match self.side {
            Side::Asked => self.seat.servers_turn(),
            Side::Answered => self.seat.peers_turn(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_waited_for_longest_leaves_and_nobody_who_is_answered() {
        let seats = Seats::new(2);
        let (first, second) = (seats.free().unwrap(), seats.free().unwrap());
        second.servers_turn();
        let third = seats.free().unwrap();
        let sitting = |seat: &Seat| seats.taken().sitting.contains_key(&seat.number);
        assert!(!sitting(&first) && sitting(&second) && sitting(&third));
        third.servers_turn();
        assert!(seats.free().is_none(), "both are being answered");
        second.peers_turn();
        assert!(seats.free().is_some());
        assert!(!sitting(&second) && sitting(&third));
    }
}
