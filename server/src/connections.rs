//! The connections of the server: how many there may be, and how long each may keep it waiting.

use crate::write_timeout::WriteTimeout;
use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use service::{Network, Site};
use std::{
    collections::HashMap,
    hash::Hash,
    io,
    net::IpAddr,
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
    /// While a client takes nothing of its answer.
    pub write: Duration,
    pub total: usize,
    /// Of one network: an IPv4 address, or the 64 bits of an IPv6 address that one customer has. A company
    /// behind one address fits in; all of the server's own connections do not.
    pub of_network: Option<usize>,
    /// Of all networks in an IPv6 /48 together.
    pub of_site: Option<usize>,
}

impl Limits {
    /// For a server that clients reach themselves.
    pub const DIRECT: Self = Self {
        head: Duration::from_secs(10),
        body: Duration::from_secs(10),
        write: Duration::from_mins(1),
        total: 10_000,
        of_network: Some(1_000),
        of_site: Some(4_000),
    };

    /// For a server behind a proxy: all connections are the proxy's, which keeps them open for the next request
    /// (nginx and AWS for 60 seconds) and keeps slow clients to itself.
    pub const BEHIND_PROXY: Self =
        Self { head: Duration::from_secs(75), of_network: None, of_site: None, ..Self::DIRECT };

    /// For a server behind so many proxies.
    pub const fn behind(proxies: usize) -> Self {
        if proxies == 0 { Self::DIRECT } else { Self::BEHIND_PROXY }
    }
}

/// The head of a request, in bytes. Browsers send two or three thousand.
const MAX_HEAD: usize = 64 * 1024;

/// Serves until `stopped` turns true, and then until the last request is answered. What is sent to clients, such
/// as the live channel, may take as long as they go on reading.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stopped: watch::Receiver<bool>) {
    let connections = Connections::new(limits);
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(MAX_HEAD);
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
                    // In a box: hyper keeps the room of a future as long as its answer is sent, which a live channel's is for hours.
                    Box::pin(router.clone().oneshot(request))
                });
                // Otherwise the end of a longer answer waits until the client acknowledges its beginning, 40 ms later.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "a connection ended early");
                    continue;
                }
                let io = TokioIo::new(WriteTimeout::new(stream, limits.write));
                let connection = graceful.watch(http.serve_connection(io, service));
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
    of_site: HashMap<Site, usize>,
}

fn count<K: Hash + Eq>(open: &HashMap<K, usize>, key: &K) -> usize {
    open.get(key).copied().unwrap_or(0)
}

fn leave<K: Hash + Eq>(open: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = open.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            open.remove(key);
        }
    }
}

/// A place for one connection, until it is dropped.
#[derive(Debug)]
pub struct ConnectionSlot {
    network: Network,
    open: Arc<Mutex<Open>>,
}

impl Connections {
    pub fn new(limits: Limits) -> Self {
        Self { limits, open: Arc::default() }
    }

    /// A place for a connection from `peer`, unless there are too many already. The machine itself is limited by
    /// the total alone.
    pub fn admit(&self, peer: IpAddr) -> Option<ConnectionSlot> {
        let network = Network::from(peer);
        let is_near = peer.to_canonical().is_loopback();
        let most = |limit: Option<usize>| limit.filter(|_| !is_near).unwrap_or(usize::MAX);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = open.total >= self.limits.total
            || count(&open.of_network, &network) >= most(self.limits.of_network)
            || network.wider().is_some_and(|site| count(&open.of_site, &site) >= most(self.limits.of_site));
        if is_full {
            return None;
        }
        open.total += 1;
        *open.of_network.entry(network).or_default() += 1;
        if let Some(site) = network.wider() {
            *open.of_site.entry(site).or_default() += 1;
        }
        Some(ConnectionSlot { network, open: Arc::clone(&self.open) })
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.total -= 1;
        leave(&mut open.of_network, &self.network);
        if let Some(site) = self.network.wider() {
            leave(&mut open.of_site, &site);
        }
    }
}
