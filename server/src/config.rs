//! Everything the operator decides, read once at start.

mod sms;

use crate::transports::{Fault, PostgresDefaults, Transports, is_this_machine};
use axum::http::uri::Authority;
use sms::{SmsConfig, SmsFlags};
use std::net::SocketAddr;
use tracing_subscriber::EnvFilter;
use url::Url;

/// As given on the command line or in the environment.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Flags {
    /// Address and port to listen on.
    #[arg(long, env = "TENANTRY_BIND", default_value = "127.0.0.1:3000")]
    bind: String,
    /// Where people reach this server, such as <https://tenantry.example.com>. Starts as http:// and
    /// the address above.
    #[arg(long, env = "TENANTRY_PUBLIC_URL")]
    public_url: Option<String>,
    /// <sqlite://path> or <postgres://…>. `DATABASE_URL` stands in when it is missing.
    #[arg(long, env = "TENANTRY_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// <smtp://user:password@host:587?tls=required>. Without it, messages stand on the page /outbox.
    #[arg(long, env = "TENANTRY_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// The sender of messages.
    #[arg(long, env = "TENANTRY_MAIL_FROM", default_value = "Tenantry <tenantry@localhost>")]
    mail_from: String,
    #[command(flatten)]
    sms: SmsFlags,
    /// `open`: anybody founds an organisation. `invited`: only invitations lead in.
    #[arg(long, env = "TENANTRY_SIGN_UP", default_value = "open")]
    sign_up: String,
    /// How many invitations an organisation may send in a day in its first week.
    #[arg(long, env = "TENANTRY_NEW_ORGANISATION_INVITATIONS", default_value = "100")]
    new_organisation_invitations: String,
    /// The file with the key that encrypts stored secrets, 32 bytes in Base64. With SQLite it starts as the database's name
    /// and .secret, made at the first start; with PostgreSQL it must be given, the same for all replicas.
    #[arg(long, env = "TENANTRY_SECRET_FILE")]
    secret_file: Option<String>,
    /// What may go over a network in the clear: `smtp`, `postgres`, `http`, `sms`, with commas between.
    #[arg(long, env = "TENANTRY_ALLOW_INSECURE")]
    allow_insecure: Option<String>,
    /// Opens the local outbox in the place of a token made at each start; for tests.
    #[arg(long, env = "TENANTRY_OUTBOX_TOKEN", hide = true, hide_env_values = true)]
    outbox_token: Option<String>,
    /// How many proxies stand before this server and add to X-Forwarded-For.
    #[arg(long, env = "TENANTRY_PROXIES", default_value = "0")]
    proxies: String,
    /// Requests a minute that one API key may make; all keys of an organisation together five times as many.
    #[arg(long, env = "TENANTRY_API_RATE", default_value = "6000")]
    api_rate: String,
    /// What to log, such as `info` or `service=debug`.
    #[arg(long, env = "TENANTRY_LOG", default_value = "info,sqlx=warn,sea_orm_migration=warn")]
    log: String,
}

/// Checked settings.
#[derive(Clone, Debug)]
pub struct Config {
    pub bind: SocketAddr,
    /// Without a slash at the end.
    pub public_url: String,
    pub database_url: String,
    pub smtp_url: Option<String>,
    pub mail_from: String,
    pub sms: SmsConfig,
    pub open_sign_up: bool,
    pub new_organisation_invitations: u16,
    pub secret_file: Option<String>,
    pub outbox_token: Option<String>,
    pub proxies: usize,
    pub api_rate: u32,
    pub log: String,
}

const DEFAULT_DATABASE: &str = "sqlite://data/tenantry.db";

/// Five times the highest is still a number that the database counts to.
const API_RATES: std::ops::RangeInclusive<u32> = 1..=100_000_000;

impl Config {
    /// Checks every setting, and names the variable of the first that cannot stand.
    pub fn check(flags: Flags) -> Result<Self, Fault> {
        let Flags {
            bind,
            public_url,
            database_url,
            smtp_url,
            mail_from,
            sms,
            sign_up,
            new_organisation_invitations,
            secret_file,
            allow_insecure,
            outbox_token,
            proxies,
            api_rate,
            log,
        } = flags;
        let fault = |variable, expected| Fault { variable, expected };
        let bind: SocketAddr = bind
            .parse()
            .map_err(|_| fault("TENANTRY_BIND (--bind)", "an address and a port, such as 127.0.0.1:3000"))?;
        let public_url = public_url.unwrap_or_else(|| own_url(bind)).trim_end_matches('/').to_owned();
        let host = public_url.strip_prefix("https://").or_else(|| public_url.strip_prefix("http://"));
        if host.is_none_or(|host| host.contains('@') || host.parse::<Authority>().is_err()) {
            return Err(fault("TENANTRY_PUBLIC_URL (--public-url)", "http:// or https:// and a host, without a path"));
        }
        let database_url =
            database_url.or_else(|| variable("DATABASE_URL")).unwrap_or_else(|| DEFAULT_DATABASE.to_owned());
        let is_known =
            ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| database_url.starts_with(scheme));
        // What does not read is not passed on: the driver would repeat it, password and all.
        if !is_known || (!database_url.starts_with("sqlite://") && Url::parse(&database_url).is_err()) {
            return Err(fault(
                "TENANTRY_DATABASE_URL (--database-url)",
                "sqlite://path or postgres://user:password@host/name",
            ));
        }
        if smtp_url.as_deref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://")) {
            return Err(fault("TENANTRY_SMTP_URL (--smtp-url)", "smtp:// or smtps:// with host and port"));
        }
        let open_sign_up = match sign_up.as_str() {
            "open" => true,
            "invited" => false,
            _ => return Err(fault("TENANTRY_SIGN_UP (--sign-up)", "open or invited")),
        };
        let new_organisation_invitations = new_organisation_invitations
            .parse()
            .map_err(|_| fault("TENANTRY_NEW_ORGANISATION_INVITATIONS", "a number, at most 65535"))?;
        let outbox_token = outbox_token.filter(|token| !token.is_empty());
        let is_token = |token: &str| token.len() >= 16 && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if outbox_token.as_deref().is_some_and(|token| !is_token(token)) {
            return Err(fault("TENANTRY_OUTBOX_TOKEN", "at least 16 letters and digits"));
        }
        let postgres = PostgresDefaults {
            host: variable("PGHOSTADDR").or_else(|| variable("PGHOST")),
            ssl_mode: variable("PGSSLMODE"),
        };
        Transports {
            public_url: &public_url,
            database_url: &database_url,
            postgres: &postgres,
            smtp_url: smtp_url.as_deref(),
            sms_url: sms.url.as_deref(),
        }
        .check(allow_insecure.as_deref().unwrap_or_default())?;
        let sms = SmsConfig::check(sms)?;
        let proxies = proxies.parse().map_err(|_| fault("TENANTRY_PROXIES (--proxies)", "a number, 0 for none"))?;
        let api_rate = api_rate.parse().ok().filter(|rate| API_RATES.contains(rate));
        let api_rate =
            api_rate.ok_or_else(|| fault("TENANTRY_API_RATE (--api-rate)", "a number from 1 to 100000000"))?;
        if EnvFilter::try_new(&log).is_err() {
            return Err(fault(
                "TENANTRY_LOG (--log)",
                "error, warn, info, debug or trace, also by module: info,service=debug",
            ));
        }
        Ok(Self {
            bind,
            public_url,
            database_url,
            smtp_url,
            mail_from,
            sms,
            open_sign_up,
            new_organisation_invitations,
            secret_file,
            outbox_token,
            proxies,
            api_rate,
            log,
        })
    }

    /// Whether messages stand on a page of this server: it holds the secrets of invitations, so
    /// nobody but this machine may reach the server, through a proxy on it neither.
    pub fn has_local_outbox(&self) -> bool {
        let host = self.public_url.split_once("://").map_or("", |(_, host)| host);
        self.smtp_url.is_none() && self.bind.ip().is_loopback() && self.proxies == 0 && is_this_machine(host)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one home of the environment; clap reads the rest")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Where a server is reached from its own machine. By a name there, since passkeys belong to one.
fn own_url(bind: SocketAddr) -> String {
    if bind.ip().is_loopback() { format!("http://localhost:{}", bind.port()) } else { format!("http://{bind}") }
}
