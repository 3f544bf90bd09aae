//! Many at once, slow ones, and those that never finish: nobody stops the others.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use harness::Served;
use harness::http::connect;

const SMALL: &str = "polity Karasahr\npolity Tang\nsource a\nsource b\n\
    632: Karasahr submits to Tang. #s [@a]\n640: Karasahr submits to Tang. #s [@b]\n";

/// How long a quick question may take on a machine that is busy with other tests.
const QUICK: Duration = Duration::from_secs(10);

fn quick(served: &Served) {
    let start = Instant::now();
    assert_eq!(served.get("/api/day?jdn=1952000").status, 200);
    assert!(start.elapsed() < QUICK, "{:?}", start.elapsed());
}

#[test]
fn twenty_slow_clients_do_not_block_a_fast_one() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let host = format!("host: 127.0.0.1:{}\r\n", served.port);
    let starts = [
        // A head that never ends, a body that never comes, a question that is never read.
        format!("GET /api/overview HTTP/1.1\r\n{host}x-slow: "),
        format!(
            "PUT /api/file HTTP/1.1\r\n{host}content-type: application/json\r\n\
             x-annals-token: {}\r\ncontent-length: 1000\r\n\r\n{{",
            harness::TOKEN
        ),
        format!("GET /api/overview HTTP/1.1\r\n{host}\r\n").repeat(50),
        String::new(),
    ];
    let slow: Vec<_> = (0..20)
        .map(|n| {
            let mut stream = connect(served.port);
            stream
                .write_all(starts[n % starts.len()].as_bytes())
                .unwrap();
            stream
        })
        .collect();
    for _ in 0..3 {
        quick(&served);
    }
    drop(slow);
    quick(&served);
}

#[test]
fn more_half_heads_than_places_do_not_keep_anybody_waiting() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let host = format!("host: 127.0.0.1:{}\r\n", served.port);
    let starts = [
        format!("GET /api/overview HTTP/1.1\r\n{host}x-slow: "),
        format!(
            "PUT /api/file HTTP/1.1\r\n{host}content-type: application/json\r\n\
             x-annals-token: {}\r\ncontent-length: 1000\r\n\r\n{{",
            harness::TOKEN
        ),
        String::new(),
    ];
    let slow: Vec<_> = (0..300)
        .map(|n| {
            let mut stream = connect(served.port);
            // Some are sent away again while this goes on.
            let _ = stream.write_all(starts[n % starts.len()].as_bytes());
            stream
        })
        .collect();
    let start = Instant::now();
    for _ in 0..5 {
        quick(&served);
    }
    assert!(
        start.elapsed() < Duration::from_secs(6),
        "{:?}",
        start.elapsed()
    );
    drop(slow);
}

#[test]
fn a_head_that_does_not_end_is_not_waited_for() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let mut stream = connect(served.port);
    stream
        .write_all(b"GET /api/day?jdn=1 HTTP/1.1\r\n")
        .unwrap();
    let start = Instant::now();
    let mut rest = Vec::new();
    // The server closes; that it says why or not is its own affair.
    let _ = stream.read_to_end(&mut rest);
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn the_same_what_if_asked_by_many_is_one() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let target = "/api/overview?without=%40a";
    let bodies: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let askers: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| served.get(target).body))
            .collect();
        askers.into_iter().map(|a| a.join().unwrap()).collect()
    });
    assert!(bodies.iter().all(|b| *b == bodies[0]));
}

#[test]
fn more_what_ifs_than_are_kept_are_all_answered() {
    let mut text = String::from("polity Karasahr\npolity Tang\n");
    for n in 0..30 {
        text.push_str(&format!(
            "source s{n}\n{}: Karasahr submits to Tang. #l{n} [@s{n}]\n",
            610 + n
        ));
    }
    let served = Served::of(&[("main.annals", &text)]);
    for n in 0..30 {
        let opened = served.json(&format!("/api/overview?without=%40s{n}"));
        assert_eq!(opened["changes"]["without"][0], format!("@s{n}"));
        let events = opened["overview"]["events"].as_array().unwrap();
        let left_out = events.iter().find(|e| e["label"] == format!("l{n}"));
        assert!(
            left_out.is_none_or(|e| e["told"] == false),
            "l{n} is still told"
        );
    }
    quick(&served);
}

#[test]
fn listeners_have_their_bound() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let head = format!(
        "GET /api/watch HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n",
        served.port
    );
    let mut listeners = Vec::new();
    let mut turned_away = 0;
    for _ in 0..70 {
        let mut stream = connect(served.port);
        stream.write_all(head.as_bytes()).unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        match &first[9..] {
            b"200" => listeners.push(stream),
            other => {
                assert_eq!(other, b"503");
                turned_away += 1;
            }
        }
    }
    assert_eq!((listeners.len(), turned_away), (64, 6));
    quick(&served);
    // A seat is free again once its listener has left.
    drop(listeners);
    let start = Instant::now();
    loop {
        let mut stream = connect(served.port);
        stream.write_all(head.as_bytes()).unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        if &first[9..] == b"200" {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(40));
        std::thread::sleep(Duration::from_millis(200));
    }
}
