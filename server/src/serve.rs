//! From settings to a running server, and to its clean end.

use crate::{
    assets,
    config::Config,
    connections::{self, Limits},
    edge::{self, Edge, outbox::Token},
    secret_file, workers,
};
use migrations::{Migrator, MigratorTrait};
use model::Problem;
use service::{Database, Error, Mailer, Result, Service, Settings, SmsGateway, SystemClock, encryption};
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

/// Opens the database, and brings its schema and its texts up to date.
pub async fn migrate(config: &Config) -> Result<Database> {
    let fault = |error| Error::Setup(format!("TENANTRY_DATABASE_URL (--database-url): {error}"));
    let database = Database::open(&config.database_url).await.map_err(fault)?;
    Migrator::up(database.for_migrations(), None).await?;
    service::stored_text::normalise(&database).await?;
    Ok(database)
}

/// The system on an open database, whose secrets are encrypted with the key of this installation.
///
/// # Errors
/// [`Error::Setup`], which names the setting: for a mail server or a key that is none, and for the key of another
/// installation.
pub async fn service(config: &Config, database: Database) -> Result<Arc<Service>> {
    let mailer = match &config.smtp_url {
        Some(url) => Mailer::smtp(url, &config.mail_from).map_err(|error| {
            Error::Setup(format!("TENANTRY_SMTP_URL (--smtp-url) or TENANTRY_MAIL_FROM (--mail-from): {error}"))
        })?,
        None => Mailer::local(),
    };
    let settings = Settings {
        public_url: config.public_url.clone(),
        open_sign_up: config.open_sign_up,
        new_organisation_invitations: config.new_organisation_invitations,
        api_rate: config.api_rate,
        sms_countries: config.sms.countries.clone(),
        sms_guard_records_only: config.sms.guard_records_only,
        master_key: secret_file::read_or_create(config, &database).await?,
    };
    let service = Service::new(settings, database, mailer, sms_gateway(config), Box::new(SystemClock));
    encryption::set_up(&service).await.map_err(|error| match error {
        Error::WrongMasterKey => Error::Setup(format!("TENANTRY_SECRET_FILE (--secret-file): {error}")),
        error => error,
    })?;
    Ok(service)
}

/// Where text messages go. They stay on a page only where somebody can read it.
fn sms_gateway(config: &Config) -> SmsGateway {
    match &config.sms.gateway {
        Some(gateway) => SmsGateway::http(gateway.clone()),
        None if config.has_local_outbox() => SmsGateway::local(),
        None => SmsGateway::Off,
    }
}

/// What opens the local outbox, if there is one.
fn outbox_token(config: &Config, service: &Service) -> Result<Option<Token>> {
    if !config.has_local_outbox() {
        return Ok(None);
    }
    Ok(Some(match &config.outbox_token {
        Some(token) => Token::new(token),
        None => Token::new(service.new_secret()?.reveal()),
    }))
}

pub async fn demo(config: Config) -> Result<()> {
    let service = service(&config, migrate(&config).await?).await?;
    let guide = service::demo::fill(&service).await?;
    eprintln!("{guide}");
    Ok(())
}

/// Takes away what somebody signs in with besides the password; the letter that tells them goes out as soon as a server
/// runs.
pub async fn reset_factors(config: Config, email: &str) -> Result<()> {
    let service = service(&config, migrate(&config).await?).await?;
    let was_reset = service::second_factor::reset(&service, email).await.map_err(|error| match error {
        Error::Problem(Problem::NotFound) => Error::Setup(format!("no login has the e-mail address {email}")),
        error => error,
    })?;
    eprintln!(
        "{email}: {}",
        if was_reset { "reset; they sign in with their password now" } else { "nothing to reset" }
    );
    Ok(())
}

pub async fn serve(config: Config) -> Result<()> {
    let service = service(&config, migrate(&config).await?).await?;
    let setup = |error: &dyn std::fmt::Display| Error::Setup(format!("cannot listen on {}: {error}", config.bind));
    let listener = TcpListener::bind(config.bind).await.map_err(|error| setup(&error))?;
    let (stop, stopped) = watch::channel(false);
    let workers = workers::start(&service, &stopped)?;
    let local_outbox = outbox_token(&config, &service)?;
    if let Some(token) = &local_outbox {
        // For the operator's terminal, whatever is logged.
        eprintln!("outbox: {}", token.address(&config.public_url));
    } else if config.smtp_url.is_none() {
        tracing::warn!("messages go nowhere: set TENANTRY_SMTP_URL");
    }
    let edge = Edge {
        service,
        public_url: config.public_url.clone(),
        proxies: config.proxies,
        assets: Arc::new(assets::built()),
        render_cache: app::RenderCache::default(),
        local_outbox,
        stopped: stopped.clone(),
    };
    tracing::info!("serving {}", config.public_url);
    let limits = Limits::behind(config.proxies);
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
