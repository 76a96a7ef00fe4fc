//! From settings to a running server, and to its clean end.

use crate::{
    assets,
    config::Config,
    connections::{self, Limits},
    edge::{self, Edge},
    workers,
};
use migrations::{Migrator, MigratorTrait};
use service::{Database, Error, Mailer, Result, Service, Settings, SystemClock};
use std::{sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing_subscriber::EnvFilter;

/// Requests that are still running when the server is told to stop get so long.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

pub fn log_to_stderr(config: &Config) {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.log))
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
}

/// Opens the database and brings it up to date.
pub async fn migrate(config: &Config) -> Result<Database> {
    let fault = |error| Error::Setup(format!("TENANTRY_DATABASE_URL (--database-url): {error}"));
    let database = Database::open(&config.database_url).await.map_err(fault)?;
    Migrator::up(database.for_migrations(), None).await?;
    Ok(database)
}

/// The system on an open database.
pub fn service(config: &Config, database: Database) -> Result<Arc<Service>> {
    let mailer = match &config.smtp_url {
        Some(url) => Mailer::smtp(url, &config.mail_from).map_err(|error| {
            Error::Setup(format!("TENANTRY_SMTP_URL (--smtp-url) or TENANTRY_MAIL_FROM (--mail-from): {error}"))
        })?,
        None => Mailer::local(),
    };
    let settings = Settings { public_url: config.public_url.clone(), open_sign_up: config.open_sign_up };
    Ok(Service::new(settings, database, mailer, Box::new(SystemClock)))
}

pub async fn demo(config: Config) -> Result<()> {
    let service = service(&config, migrate(&config).await?)?;
    let guide = service::demo::fill(&service).await?;
    eprintln!("{guide}");
    Ok(())
}

pub async fn serve(config: Config) -> Result<()> {
    let service = service(&config, migrate(&config).await?)?;
    let setup = |error: &dyn std::fmt::Display| Error::Setup(format!("cannot listen on {}: {error}", config.bind));
    let listener = TcpListener::bind(config.bind).await.map_err(|error| setup(&error))?;
    let (stop, stopped) = watch::channel(false);
    let workers = workers::start(&service, &stopped)?;
    let edge = Edge {
        service,
        public_url: config.public_url.clone(),
        proxies: config.proxies,
        assets: Arc::new(assets::built()),
        kept: app::Kept::default(),
        local_outbox: config.has_local_outbox(),
        stopped: stopped.clone(),
    };
    if config.smtp_url.is_none() && !config.has_local_outbox() {
        tracing::warn!("messages go nowhere: set TENANTRY_SMTP_URL");
    }
    tracing::info!("serving {}", config.public_url);
    let limits = if config.proxies == 0 { Limits::DIRECT } else { Limits::BEHIND_PROXY };
    let server = connections::serve(listener, edge::router(edge), limits, stopped.clone());
    tokio::spawn(wait_for_signal(stop));
    tokio::select! {
        () = server => {}
        () = too_long(stopped) => tracing::warn!("gave up waiting for the last requests"),
    }
    workers.join().await;
    tracing::info!("stopped");
    Ok(())
}

async fn too_long(mut stopped: watch::Receiver<bool>) {
    // The sender lives as long as the process.
    let _ = stopped.wait_for(|stopped| *stopped).await;
    tokio::time::sleep(LAST_REQUESTS).await;
}

/// SIGTERM, as an operator's tools send it, or Ctrl-C.
async fn wait_for_signal(stop: watch::Sender<bool>) {
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "cannot wait for SIGTERM");
            let _ = tokio::signal::ctrl_c().await;
        }
    }
    tracing::info!("stopping: no new requests");
    let _ = stop.send(true);
}
