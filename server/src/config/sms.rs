//! The settings of text messages.

use crate::transports::Fault;
use service::{HttpGateway, HttpGatewaySetting, HttpGatewaySettings};

#[derive(clap::Args, Clone, Debug, Default)]
pub struct SmsFlags {
    /// Where text messages are handed over. `{to}`, `{text}`, `{from}` and `{id}` stand for what a message has, here and in
    /// the body. Without it, they stand on the page /outbox if there is one, and nobody is offered them otherwise.
    #[arg(long = "sms-url", env = "TENANTRY_SMS_URL", hide_env_values = true)]
    pub(super) url: Option<String>,
    /// `POST`, `PUT`, or `GET` without a body.
    #[arg(long = "sms-method", env = "TENANTRY_SMS_METHOD", default_value = "POST")]
    method: String,
    /// Headers, one a line, such as `Authorization: Bearer …`. Set them by the environment: others on this machine can
    /// read flags.
    #[arg(
        long = "sms-headers",
        env = "TENANTRY_SMS_HEADERS",
        default_value = "",
        hide_env_values = true,
        hide_default_value = true
    )]
    headers: String,
    /// The body: JSON if it begins so, and otherwise a form, such as `To={to}&Body={text}`.
    #[arg(
        long = "sms-body",
        env = "TENANTRY_SMS_BODY",
        default_value = "",
        hide_env_values = true,
        hide_default_value = true
    )]
    body: String,
    /// What `{from}` stands for: a number or a name.
    #[arg(long = "sms-from", env = "TENANTRY_SMS_FROM", default_value = "", hide_default_value = true)]
    from: String,
    /// Where the gateway's answer has its id of a message: a JSON pointer, such as /sid.
    #[arg(long = "sms-id", env = "TENANTRY_SMS_ID", default_value = "", hide_default_value = true)]
    id: String,
    /// The countries that text messages go to, such as `ZA,DE`. Starts as all.
    #[arg(long = "sms-countries", env = "TENANTRY_SMS_COUNTRIES", default_value = "", hide_default_value = true)]
    countries: String,
    /// `enforce`: text messages beyond the limits are refused. `record`: they are sent, and `tenantry sms-guard` says which.
    #[arg(long = "sms-guard", env = "TENANTRY_SMS_GUARD", default_value = "enforce")]
    guard: String,
}

/// Checked settings.
#[derive(Clone, Debug)]
pub struct SmsConfig {
    pub gateway: Option<HttpGateway>,
    /// Codes of ISO 3166-1; empty for all.
    pub countries: Vec<String>,
    pub guard_records_only: bool,
}

impl SmsConfig {
    pub(super) fn check(flags: SmsFlags) -> Result<Self, Fault> {
        let SmsFlags { url, method, headers, body, from, id, countries, guard } = flags;
        let gateway = url.map(|url| {
            let patience = HttpGatewaySettings::PATIENCE;
            HttpGateway::new(HttpGatewaySettings { url, method, headers, body, from, id, patience })
        });
        let gateway = gateway.transpose().map_err(fault)?;
        let codes = countries.split(',').map(|code| code.trim().to_uppercase()).filter(|code| !code.is_empty());
        let countries: Vec<String> = codes.collect();
        if countries.iter().any(|code| model::countries().all(|(known, _)| known != code)) {
            let expected = "codes of ISO 3166-1 with commas between, such as ZA,DE";
            return Err(Fault { variable: "TENANTRY_SMS_COUNTRIES (--sms-countries)", expected });
        }
        let guard_records_only = match guard.as_str() {
            "enforce" => false,
            "record" => true,
            _ => return Err(Fault { variable: "TENANTRY_SMS_GUARD (--sms-guard)", expected: "enforce or record" }),
        };
        Ok(Self { gateway, countries, guard_records_only })
    }
}

fn fault(setting: HttpGatewaySetting) -> Fault {
    let (variable, expected) = match setting {
        HttpGatewaySetting::Url => (
            "TENANTRY_SMS_URL (--sms-url)",
            "https:// and a host, without a password; passwords go into TENANTRY_SMS_HEADERS",
        ),
        HttpGatewaySetting::Method => ("TENANTRY_SMS_METHOD (--sms-method)", "POST, PUT, or GET without a body"),
        HttpGatewaySetting::Headers => (
            "TENANTRY_SMS_HEADERS (--sms-headers)",
            "headers, one a line, as in Authorization: Basic …; a Content-Type is that of JSON or of a form",
        ),
        HttpGatewaySetting::Body => (
            "TENANTRY_SMS_BODY (--sms-body)",
            "a form or valid JSON, with {to} and {text} in it or in TENANTRY_SMS_URL",
        ),
        HttpGatewaySetting::From => {
            ("TENANTRY_SMS_FROM (--sms-from)", "a number or a name, since {from} stands for it")
        }
        HttpGatewaySetting::Id => ("TENANTRY_SMS_ID (--sms-id)", "a JSON pointer, such as /sid"),
    };
    Fault { variable, expected }
}
