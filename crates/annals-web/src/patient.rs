//! A connection that does not wait for ever, and says why it refuses a head.
//!
//! A reader that stops reading would hold its reply in memory and its place among the connections;
//! here writing fails once nothing has been taken for a while. Reading needs no such bound: the
//! head of a request has one in the protocol, its body has that of the request. A head that is too
//! long never reaches the routes; the bare refusal of the protocol is written as a problem here.

use std::io::{Error, ErrorKind, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::problem::Problem;
use crate::seats::Seat;
use crate::server::LONGEST_HEAD;

/// A stream whose reader may stop for so long.
pub struct Patient {
    stream: TcpStream,
    patience: Duration,
    /// Since when nothing could be written.
    stalled: Option<Pin<Box<Sleep>>>,
    /// The place it has on the line.
    seat: Arc<Seat>,
    /// What is written instead of a bare refusal, and how much of it has been.
    refusal: Option<(Vec<u8>, usize)>,
}

/// How the protocol refuses a head that is too long; no route has these refusals.
const TOO_LONG: [&[u8]; 2] = [b"HTTP/1.1 431 ", b"HTTP/1.1 414 "];

/// The same, in the words and the form of the routes.
fn refusal() -> Vec<u8> {
    let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
    let words = format!("the address and head of a request have at most {LONGEST_HEAD} bytes");
    let body = Problem::new(status, "too-long", words).reply().body;
    let mut whole = format!(
        "HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: application/problem+json\r\n\
         content-length: {}\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n\
         connection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    whole.extend_from_slice(&body);
    whole
}

impl Patient {
    /// A stream with a patience.
    pub fn new(stream: TcpStream, patience: Duration, seat: Arc<Seat>) -> Patient {
        Patient {
            stream,
            patience,
            stalled: None,
            seat,
            refusal: None,
        }
    }

    /// Writes the refusal, and takes the bare one for written once it is.
    fn refuse(&mut self, cx: &mut Context<'_>, bare: usize) -> Poll<Result<usize>> {
        let (whole, written) = self.refusal.get_or_insert_with(|| (refusal(), 0));
        while *written < whole.len() {
            match Pin::new(&mut self.stream).poll_write(cx, &whole[*written..]) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Poll::Ready(Ok(more)) => *written += more,
                other => return other,
            }
        }
        Poll::Ready(Ok(bare))
    }

    /// Passes on what came of writing, or an error where nothing has come of it for too long.
    fn judged<T>(&mut self, cx: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        if self.stalled.is_none() {
            self.seat.peers_turn();
        }
        let patience = self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        match stalled.as_mut().poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                let words = "the reader does not read";
                Poll::Ready(Err(Error::new(ErrorKind::TimedOut, words)))
            }
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = match TOO_LONG.iter().any(|begin| bytes.starts_with(begin)) {
            true => self.refuse(cx, bytes.len()),
            false => Pin::new(&mut self.stream).poll_write(cx, bytes),
        };
        self.judged(cx, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.judged(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let closed = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.judged(cx, closed)
    }
}
