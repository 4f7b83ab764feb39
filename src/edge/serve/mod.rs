//! Requests -> replies: a server for one person at their own machine. It serves what it is given, and nothing else.

mod connection;
mod guard;
mod live;
mod reply;
mod stream;

use std::fs::{File, Metadata};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, Response, StatusCode};
use tokio::net::TcpListener;

pub use live::Live;

/// How many ports are tried where the first is taken.
const PORTS: u16 = 50;

/// What is at an address.
#[derive(Debug)]
pub enum Found {
    /// These bytes, of the type that the path's ending says; HTML without an ending.
    Bytes(Vec<u8>),
    /// This plain file, of the type that the path's ending says; it is sent piece by piece.
    File(File, Metadata),
    /// Nothing, and this page says so.
    Nothing(Vec<u8>),
    /// It is there instead, for good.
    Elsewhere(String),
}

/// What is served.
pub trait Site: Send + Sync + 'static {
    /// Returns what is at a path: decoded, without `.` and `..`, from the root of the host.
    fn find(&self, path: &str) -> Found;

    /// Returns the state of the page at a path as JSON: `{"hash": …, "version": …, "styles": …, "kept": …, "faults": […]}`.
    /// `styles` tells whether a style sheet changed after the version `since`, `kept` whether the page is shown as it was.
    /// With `rules` the faults are those of the finished page too, which takes longer.
    fn state(&self, path: &str, since: u64, rules: bool) -> String;
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listeners: Vec<std::net::TcpListener>,
    /// Where it listens: the address to be opened.
    pub address: SocketAddr,
}

impl Server {
    /// Listens on `interface`, at `port` or the next one that is free.
    ///
    /// On the loopback interface both IPv4 and IPv6 are listened to, where the machine has both: a browser may take either for
    /// `localhost`.
    ///
    /// # Errors
    /// Where no port is free, or the interface is not there.
    #[expect(clippy::disallowed_methods, reason = "this is where the server listens")]
    pub fn listen(interface: IpAddr, port: u16) -> io::Result<Server> {
        let mut last = None;
        for port in port..=port.saturating_add(PORTS) {
            let address = SocketAddr::new(interface, port);
            let first = match std::net::TcpListener::bind(address) {
                Ok(listener) => listener,
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    last = Some(error);
                    continue;
                }
                Err(error) => {
                    let message = format!("can't listen on {address}: {error}");
                    return Err(io::Error::new(error.kind(), message));
                }
            };
            let address = first.local_addr()?;
            let other = match interface {
                IpAddr::V4(Ipv4Addr::LOCALHOST) => Some(IpAddr::V6(Ipv6Addr::LOCALHOST)),
                IpAddr::V6(Ipv6Addr::LOCALHOST) => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
                _ => None,
            };
            let other = other.and_then(|it| std::net::TcpListener::bind(SocketAddr::new(it, address.port())).ok());
            let listeners: Vec<_> = std::iter::once(first).chain(other).collect();
            listeners.iter().try_for_each(|it| it.set_nonblocking(true))?;
            return Ok(Server { listeners, address });
        }
        let reason = last.map_or_else(String::new, |it| format!(": {it}"));
        Err(io::Error::new(io::ErrorKind::AddrInUse, format!("no port from {port} on is free{reason}")))
    }

    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// Where the system says no.
    pub fn run(self, site: Arc<dyn Site>, live: Arc<Live>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let is_local = self.address.ip().is_loopback();
        runtime.block_on(async move {
            let answer = move |request: Request| answer(request, site.clone(), live.clone(), is_local);
            for listener in self.listeners {
                tokio::spawn(connection::serve(TcpListener::from_std(listener)?, answer.clone()));
            }
            tokio::signal::ctrl_c().await
        })?;
        // Streams of events never end by themselves.
        runtime.shutdown_background();
        Ok(())
    }
}

/// Returns what stands for bytes.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// Returns what stands for a file that nobody has read: a file that is written has another time, or another length.
pub fn stamp(file: &Metadata) -> String {
    let time = file.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{:x}-{:x}", time.as_nanos(), file.len())
}

/// Opens an address in the browser of this machine; where there is none, nothing happens.
#[expect(clippy::disallowed_methods, reason = "this is where the browser is started")]
pub fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let command = std::process::Command::new(program).args(arguments).arg(address).spawn();
    drop(command);
}

async fn answer(request: Request, site: Arc<dyn Site>, live: Arc<Live>, is_local: bool) -> Response<Body> {
    if is_local && !guard::is_own_host(&request) {
        return reply::plain(StatusCode::FORBIDDEN, "This server is for this machine alone.\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return reply::plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
    }
    let Some(path) = guard::path(request.uri().path()) else {
        return reply::plain(StatusCode::BAD_REQUEST, "This is not an address.\n");
    };
    match path.as_str() {
        live::EVENTS => return live.stream(),
        live::SCRIPT => return reply::bytes(&request, "live.js", live::CODE.as_bytes().to_vec(), StatusCode::OK),
        _ => {}
    }
    let is_state = path == live::STATE;
    let asked = if is_state { guard::query(&request, "path").unwrap_or_default() } else { path.clone() };
    let since = guard::query(&request, "since").and_then(|it| it.parse().ok()).unwrap_or_default();
    let rules = guard::query(&request, "rules").is_some();
    // Pages are made by the processor, not by waiting.
    let found = tokio::task::spawn_blocking(move || match is_state {
        true => Found::Bytes(site.state(&asked, since, rules).into_bytes()),
        false => site.find(&asked),
    });
    match found.await {
        Ok(Found::Bytes(bytes)) if is_state => reply::bytes(&request, "state.json", bytes, StatusCode::OK),
        Ok(Found::Bytes(bytes)) => reply::bytes(&request, &path, bytes, StatusCode::OK),
        Ok(Found::File(file, metadata)) => reply::file(&request, &path, file, &metadata),
        Ok(Found::Nothing(bytes)) => reply::bytes(&request, "404.html", bytes, StatusCode::NOT_FOUND),
        Ok(Found::Elsewhere(to)) => reply::elsewhere(&to),
        Err(_) => reply::plain(StatusCode::INTERNAL_SERVER_ERROR, "Folio has a fault here; please tell its makers.\n"),
    }
}
