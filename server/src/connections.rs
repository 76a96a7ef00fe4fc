//! The connections of the server: how many there may be, and how long each may keep it waiting.

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch};
use tower::ServiceExt;
use tower_http::timeout::TimeoutBody;

/// What connections may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until the head of a request has arrived: from the start of the connection, or from the end of the
    /// answer before it.
    pub head: Duration,
    /// Between two pieces of a request's body.
    pub body: Duration,
    pub total: usize,
    /// Of one network: an IPv4 address, or the 64 bits of an IPv6 address that one customer has. A company
    /// behind one address fits in; all of the server's own connections do not.
    pub of_network: Option<usize>,
}

impl Limits {
    /// For a server that clients reach themselves.
    pub const DIRECT: Self =
        Self { head: Duration::from_secs(10), body: Duration::from_secs(10), total: 10_000, of_network: Some(1_000) };

    /// For a server behind a proxy: all connections are the proxy's, which keeps them open for the next request
    /// (nginx and AWS for 60 seconds) and keeps slow clients to itself.
    pub const BEHIND_PROXY: Self = Self { head: Duration::from_secs(75), of_network: None, ..Self::DIRECT };
}

/// Serves until `stopped` turns true, and then until the last request is answered. What is sent to clients, such
/// as the live channel, may take as long as it takes.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stopped: watch::Receiver<bool>) {
    let connections = Connections::new(limits);
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = connections.admit(peer.ip()) else { continue };
                let router = router.clone();
                let service = service_fn(move |request: Request<Incoming>| {
                    let mut request = request.map(|body| TimeoutBody::new(limits.body, body));
                    request.extensions_mut().insert(ConnectInfo(peer));
                    router.clone().oneshot(request)
                });
                let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                    drop(place);
                });
            }
            Err(error) if is_of_client(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept connections: trying again in a second");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

/// The client went away before it was accepted; nothing is wrong with the server.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Open connections, counted.
#[derive(Clone, Debug)]
pub struct Connections {
    limits: Limits,
    open: Arc<Mutex<Open>>,
}

#[derive(Debug, Default)]
struct Open {
    total: usize,
    of_network: HashMap<Network, usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Network {
    V4(Ipv4Addr),
    /// Its first 64 bits.
    V6([u16; 4]),
}

impl Network {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => {
                let [first, second, third, fourth, ..] = address.segments();
                Self::V6([first, second, third, fourth])
            }
        }
    }
}

/// A place for one connection, until it is dropped.
#[derive(Debug)]
pub struct Place {
    network: Network,
    open: Arc<Mutex<Open>>,
}

impl Connections {
    pub fn new(limits: Limits) -> Self {
        Self { limits, open: Arc::default() }
    }

    /// A place for a connection from `peer`, unless there are too many already. The machine itself is limited by
    /// the total alone.
    pub fn admit(&self, peer: IpAddr) -> Option<Place> {
        let network = Network::of(peer);
        let most = self.limits.of_network.filter(|_| !peer.to_canonical().is_loopback()).unwrap_or(usize::MAX);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let of_network = open.of_network.get(&network).copied().unwrap_or(0);
        if open.total >= self.limits.total || of_network >= most {
            return None;
        }
        open.total += 1;
        open.of_network.insert(network, of_network + 1);
        Some(Place { network, open: Arc::clone(&self.open) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.total -= 1;
        if let Some(of_network) = open.of_network.get_mut(&self.network) {
            *of_network -= 1;
            if *of_network == 0 {
                open.of_network.remove(&self.network);
            }
        }
    }
}
