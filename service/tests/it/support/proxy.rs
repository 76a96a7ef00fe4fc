use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A database that a test can take away and give back. PostgreSQL is reached through a connection
/// that is cut; an SQLite file is held by somebody else, who does not let go.
pub enum Outage {
    None,
    Cut { cut: watch::Sender<bool>, sent: Arc<AtomicU64> },
    Hold { url: String, holder: Option<DatabaseConnection> },
}

impl Outage {
    pub fn none(url: &str) -> (String, Self) {
        (url.to_owned(), Self::None)
    }

    /// Gives the address to use instead.
    pub async fn possible(url: &str) -> (String, Self) {
        if url.starts_with("sqlite") {
            return (url.to_owned(), Self::Hold { url: url.to_owned(), holder: None });
        }
        let (before, rest) = url.split_once('@').unwrap();
        let (server, after) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{before}@{}/{after}", listener.local_addr().unwrap());
        let (cut, _) = watch::channel(false);
        let sent = Arc::new(AtomicU64::new(0));
        tokio::spawn(forward(listener, server.to_owned(), cut.clone(), Arc::clone(&sent)));
        (url, Self::Cut { cut, sent })
    }

    pub async fn begin(&mut self) {
        match self {
            Self::None => panic!("this installation was not made breakable"),
            Self::Cut { cut, .. } => drop(cut.send_replace(true)),
            Self::Hold { url, holder } => {
                let mut options = ConnectOptions::new(&*url);
                options.max_connections(1).sqlx_logging(false);
                let connection = Database::connect(options).await.unwrap();
                connection.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
                *holder = Some(connection);
            }
        }
    }

    /// Bytes that went to PostgreSQL so far: what was asked of it. Of SQLite nobody counts them.
    pub fn sent(&self) -> u64 {
        match self {
            Self::None => panic!("this installation was not made breakable"),
            Self::Cut { sent, .. } => sent.load(Ordering::SeqCst),
            Self::Hold { .. } => 0,
        }
    }

    pub async fn end(&mut self) {
        match self {
            Self::None => {}
            Self::Cut { cut, .. } => drop(cut.send_replace(false)),
            Self::Hold { holder, .. } => holder.take().unwrap().close().await.unwrap(),
        }
    }
}

async fn forward(listener: TcpListener, server: String, cut: watch::Sender<bool>, sent: Arc<AtomicU64>) {
    let server: Arc<str> = server.into();
    while let Ok((mut client, _)) = listener.accept().await {
        let (mut cut, server, sent) = (cut.subscribe(), Arc::clone(&server), Arc::clone(&sent));
        tokio::spawn(async move {
            if *cut.borrow() {
                return;
            }
            let mut server = TcpStream::connect(&*server).await.unwrap();
            let ((mut from_client, mut to_client), (mut from_server, mut to_server)) = (client.split(), server.split());
            let up = async {
                let mut bytes = [0; 8192];
                while let Ok(read @ 1..) = from_client.read(&mut bytes).await {
                    sent.fetch_add(read as u64, Ordering::SeqCst);
                    if to_server.write_all(&bytes[..read]).await.is_err() {
                        return;
                    }
                }
            };
            tokio::select! {
                () = up => {}
                _ = tokio::io::copy(&mut from_server, &mut to_client) => {}
                _ = cut.wait_for(|cut| *cut) => {}
            }
        });
    }
}
