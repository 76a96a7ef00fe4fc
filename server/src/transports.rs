//! What goes over a network in the clear is refused at start, unless the operator has allowed it by name.

use axum::http::uri::Authority;
use std::{fmt, net::IpAddr};
use url::Url;

/// A setting that cannot stand, and what it could be.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) variable: &'static str,
    pub(crate) expected: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.variable, self.expected)
    }
}

/// The settings that name another host.
pub struct Transports<'a> {
    pub public_url: &'a str,
    pub database_url: &'a str,
    pub postgres: &'a PostgresDefaults,
    pub smtp_url: Option<&'a str>,
    pub sms_url: Option<&'a str>,
}

/// What the driver takes where the address of the database says nothing.
#[derive(Debug, Default)]
pub struct PostgresDefaults {
    pub host: Option<String>,
    pub ssl_mode: Option<String>,
}

const ALLOWED: [&str; 4] = ["smtp", "postgres", "http", "sms"];

impl Transports<'_> {
    /// # Errors
    /// The first setting by which passwords or sessions would travel readable to or from another host; `allowed` is the
    /// operator's list of exceptions.
    pub fn check(&self, allowed: &str) -> Result<(), Fault> {
        let allowed: Vec<&str> = allowed.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        if allowed.iter().any(|name| !ALLOWED.contains(name)) {
            let expected = "smtp, postgres, http or sms, with commas between";
            return Err(Fault { variable: "TENANTRY_ALLOW_INSECURE (--allow-insecure)", expected });
        }
        let faults = [
            (
                "http",
                self.public_url_is_plain(),
                Fault {
                    variable: "TENANTRY_PUBLIC_URL (--public-url)",
                    expected: "https://, since passwords and sessions would travel readable. \
                           On a network that you trust, set TENANTRY_ALLOW_INSECURE=http",
                },
            ),
            (
                "postgres",
                self.database_is_plain(),
                Fault {
                    variable: "TENANTRY_DATABASE_URL (--database-url)",
                    expected: "an address with ?sslmode=verify-full (or require), since the database is on another host (by the \
                           address or PGHOST). \
                           On a network that you trust, set TENANTRY_ALLOW_INSECURE=postgres",
                },
            ),
            (
                "smtp",
                self.smtp_is_plain(),
                Fault {
                    variable: "TENANTRY_SMTP_URL (--smtp-url)",
                    expected: "smtps://, or smtp:// with ?tls=required, since its password would travel readable. \
                           On a network that you trust, set TENANTRY_ALLOW_INSECURE=smtp",
                },
            ),
            (
                "sms",
                self.sms_is_plain(),
                Fault {
                    variable: "TENANTRY_SMS_URL (--sms-url)",
                    expected: "https://, since codes and the gateway's password would travel readable. \
                           On a network that you trust, set TENANTRY_ALLOW_INSECURE=sms",
                },
            ),
        ];
        match faults.into_iter().find(|(name, is_plain, _)| *is_plain && !allowed.contains(name)) {
            Some((_, _, fault)) => Err(fault),
            None => Ok(()),
        }
    }

    fn public_url_is_plain(&self) -> bool {
        self.public_url.strip_prefix("http://").is_some_and(|host| !is_this_machine(host))
    }

    fn database_is_plain(&self) -> bool {
        if self.database_url.starts_with("sqlite://") {
            return false;
        }
        // An address that does not read connects to nothing.
        let Ok(url) = Url::parse(self.database_url) else { return false };
        let parameter = |names: &[&str]| {
            url.query_pairs().filter(|(name, _)| names.contains(&&**name)).last().map(|(_, value)| value.into_owned())
        };
        let encrypted = parameter(&["sslmode", "ssl-mode"])
            .or_else(|| self.postgres.ssl_mode.clone())
            .is_some_and(|mode| ["require", "verify-ca", "verify-full"].contains(&mode.to_lowercase().as_str()));
        let host = parameter(&["host", "hostaddr"])
            .or_else(|| url.host_str().map(ToOwned::to_owned))
            .or_else(|| self.postgres.host.clone());
        // Without a host, or with a path, it is a socket of this machine.
        let is_far = host.is_some_and(|host| !is_socket(&host) && !is_this_machine(&host));
        is_far && !encrypted
    }

    fn smtp_is_plain(&self) -> bool {
        let Some(Ok(url)) = self.smtp_url.map(Url::parse) else { return false };
        let is_required = url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
        let is_far = url.host_str().is_some_and(|host| !is_this_machine(host));
        url.scheme() == "smtp" && url.password().is_some() && is_far && !is_required
    }

    fn sms_is_plain(&self) -> bool {
        let Some(Ok(url)) = self.sms_url.map(Url::parse) else { return false };
        url.scheme() == "http" && url.host_str().is_some_and(|host| !is_this_machine(host))
    }
}

fn is_socket(host: &str) -> bool {
    host.is_empty() || host.starts_with('/') || host.to_lowercase().starts_with("%2f")
}

/// Whether a host, with its port or without, is this machine by a name that no other can take.
pub fn is_this_machine(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host().trim_matches(['[', ']']);
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
