//! Listening: from a port to connections, until told to stop.

use std::convert::Infallible;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use crate::desk::Desk;
use crate::edition::Edition;
use crate::folder::Folder;
use crate::guard::Doors;
use crate::patient::Patient;
use crate::seats::{self, Seat, Seats};
use crate::{route, watch};

/// Connections at one time.
const MOST_CONNECTIONS: usize = 256;

/// How long the head of a request may take, and how long a connection may stay without one.
const HEAD: Duration = Duration::from_secs(15);

/// How long a reader may not read.
const STALL: Duration = Duration::from_secs(30);

/// The most bytes of the head of a request.
pub(crate) const LONGEST_HEAD: usize = 32 * 1024;

/// How long what is being done may take once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(2);

/// How a server is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the chronicle; only files in it are handed out and written.
    pub folder: PathBuf,
    /// The main file, as seen from the folder.
    pub main: String,
    /// The address to listen on; anything but loopback lets other machines in.
    pub host: IpAddr,
    /// The port; 0 takes one that is free.
    pub port: u16,
    /// Further names under which the server is asked, without port.
    pub names: Vec<String>,
    /// Nobody may write.
    pub read_only: bool,
    /// The token that opens writing; one is made up where none is given.
    pub token: Option<String>,
    /// A folder with the page, instead of the one in the program.
    pub assets: Option<PathBuf>,
    /// How long one request may take until it is told to ask again. What it asked for is worked
    /// out to the end and kept.
    pub patience: Duration,
}

impl Options {
    /// A chronicle on this machine alone, on any free port.
    pub fn new(folder: impl Into<PathBuf>, main: impl Into<String>) -> Options {
        Options {
            folder: folder.into(),
            main: main.into(),
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            names: vec![],
            read_only: false,
            token: None,
            assets: None,
            patience: Duration::from_secs(60),
        }
    }
}

/// Why a server could not be started.
#[derive(Debug)]
pub enum StartError {
    /// The folder or the main file cannot be read; in words.
    Chronicle(String),
    /// Another program listens on the port.
    PortTaken(u16),
    /// The system refuses something.
    System(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Chronicle(words) => f.write_str(words),
            StartError::PortTaken(port) => write!(
                f,
                "port {port} is taken by another program; choose another with `--port`, \
                 or any free one with `--port 0`"
            ),
            StartError::System(error) => write!(f, "the server cannot be started: {error}"),
        }
    }
}

/// A server that listens. It stops when dropped.
pub struct Server {
    /// Emptied when it is stopped.
    runtime: Option<Runtime>,
    desk: Arc<Desk>,
    listening: Option<JoinHandle<()>>,
    address: SocketAddr,
    token: Option<String>,
}

impl Server {
    /// Compiles the chronicle and listens.
    ///
    /// # Errors
    ///
    /// Where the chronicle cannot be read or the port cannot be had.
    pub fn start(options: Options) -> Result<Server, StartError> {
        let folder = Folder::new(&options.folder).map_err(|e| {
            let shown = options.folder.display();
            StartError::Chronicle(format!("the folder `{shown}` cannot be used: {e}"))
        })?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(StartError::System)?;
        // The port is taken first: that it is not free should not be told after a long compilation.
        let asked = SocketAddr::new(options.host, options.port);
        let listener = runtime.block_on(TcpListener::bind(asked));
        let listener = listener.map_err(|e| match e.kind() {
            ErrorKind::AddrInUse => StartError::PortTaken(options.port),
            _ => StartError::System(e),
        })?;
        let address = listener.local_addr().map_err(StartError::System)?;
        let edition = Edition::of(&folder, &options.main);
        if edition.compiled.main.is_none() {
            let words = edition.compiled.reports.first().map(|r| r.headline.clone());
            return Err(StartError::Chronicle(words.unwrap_or_default()));
        }
        let token = match options.token {
            _ if options.read_only => None,
            Some(token) => Some(token),
            None => Some(random_words().map_err(StartError::System)?),
        };
        let run = random_words().map_err(StartError::System)?;
        let doors = Doors::new(names(address, &options.names), token.clone());
        let mut desk = Desk::new(folder, edition, doors, run[..8].to_owned());
        desk.assets = options.assets;
        desk.patience = options.patience;
        let desk = Arc::new(desk);
        let router = route::routes(Arc::clone(&desk));
        let listening = runtime.spawn(listen(listener, router, Arc::clone(&desk)));
        runtime.spawn(watch::watch(Arc::clone(&desk)));
        Ok(Server {
            runtime: Some(runtime),
            desk,
            listening: Some(listening),
            address,
            token,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The token that opens writing, if anybody may write.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The address of the page, with the token where there is one.
    pub fn url(&self) -> String {
        let token = self.token.as_ref().map(|t| format!("?token={t}"));
        format!("http://{}/{}", self.address, token.unwrap_or_default())
    }

    /// How many claims the chronicle has.
    pub fn claims(&self) -> usize {
        self.desk.edition().compiled.chronicle().claims.len()
    }

    /// From now on an interruption by the user is kept for [`Server::run_until`] and does not kill
    /// the program at once. Ask for it before anybody is told where the server is.
    pub fn interruption(&self) -> Interruption {
        let mut heard: Interruption = Interruption(Box::pin(tokio::signal::ctrl_c()));
        let Some(runtime) = &self.runtime else {
            return heard;
        };
        // The first poll makes itself known to the system.
        let first = runtime.block_on(std::future::poll_fn(|context| {
            Poll::Ready(heard.0.as_mut().poll(context))
        }));
        match first {
            Poll::Pending => heard,
            Poll::Ready(result) => Interruption(Box::pin(std::future::ready(result))),
        }
    }

    /// Serves until the user interrupts the program.
    ///
    /// # Errors
    ///
    /// Where the system cannot tell of interruptions.
    pub fn run_until(mut self, interruption: Interruption) -> io::Result<()> {
        let heard = match &self.runtime {
            Some(runtime) => runtime.block_on(interruption.0),
            None => Ok(()),
        };
        self.close();
        heard
    }

    /// Stops listening, lets what is being done end shortly, and leaves.
    pub fn stop(mut self) {
        self.close();
    }

    fn close(&mut self) {
        self.desk.closing.send_replace(true);
        let Some(runtime) = self.runtime.take() else {
            return;
        };
        if let Some(listening) = self.listening.take() {
            let _ = runtime.block_on(async { tokio::time::timeout(FAREWELL, listening).await });
        }
        runtime.shutdown_timeout(Duration::from_millis(100));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.close();
    }
}

/// An interruption by the user that is waited for.
pub struct Interruption(Pin<Box<dyn Future<Output = io::Result<()>>>>);

/// The hosts a request may name.
fn names(address: SocketAddr, further: &[String]) -> Vec<String> {
    let mut names = vec![address.ip().to_string()];
    if address.ip().is_loopback() || address.ip().is_unspecified() {
        names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
    }
    if let IpAddr::V6(ip) = address.ip() {
        names.push(format!("[{ip}]"));
    }
    names.extend(further.iter().cloned());
    let port = address.port();
    let mut hosts: Vec<String> = names.iter().map(|n| format!("{n}:{port}")).collect();
    if port == 80 {
        hosts.extend(names);
    }
    hosts
}

/// 32 hexadecimal digits that nobody can guess.
fn random_words() -> io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| io::Error::other(e.to_string()))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Takes connections until the server closes, then waits for those that are answering.
async fn listen(listener: TcpListener, router: Router, desk: Arc<Desk>) {
    let seats = Seats::new(MOST_CONNECTIONS);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Out of handles, or a peer that left at once: others may still come.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = desk.closed() => break,
        };
        let seat = tokio::select! {
            seat = seats.take() => Arc::new(seat),
            () = desk.closed() => break,
        };
        let (router, desk) = (router.clone(), Arc::clone(&desk));
        tokio::spawn(async move { answer(stream, router, &desk, seat).await });
    }
    drop(listener);
    seats.empty().await;
}

/// Answers the requests of one connection.
async fn answer(stream: TcpStream, router: Router, desk: &Desk, seat: Arc<Seat>) {
    let _ = stream.set_nodelay(true);
    let own = Arc::clone(&seat);
    let service = service_fn(move |request: Request<Incoming>| {
        let (router, seat) = (router.clone(), Arc::clone(&own));
        async move {
            let asked = seats::asked(request, &seat);
            let response = TowerToHyperService::new(router).call(asked).await?;
            Ok::<_, Infallible>(seats::answered(response, &seat))
        }
    });
    let stream = Patient::new(stream, STALL, Arc::clone(&seat));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_header_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    // A peer that breaks off has nobody to be told; nor has one whose place is needed.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = seat.leave() => return,
        () = desk.closed() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
