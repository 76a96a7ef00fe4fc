//! `tenantry sms-guard`: what the limits on text messages did, in the operator's terminal.

use crate::config::Config;
use service::{
    Clock, Error, Result, SystemClock,
    sms_guard::{self, Report},
};
use std::{
    fmt::{self, Display, Write as _},
    io::Write as _,
};

pub async fn print(config: &Config) -> Result<()> {
    let report = sms_guard::report(&config.database_url, SystemClock.now()).await?;
    let text = text(config, &report).map_err(|error| Error::Other(error.to_string()))?;
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Error::Other(format!("the terminal: {error}")))
}

fn text(config: &Config, report: &Report) -> Result<String, fmt::Error> {
    let mut text = String::new();
    let mode = if config.sms.guard_records_only { "recorded only" } else { "enforced" };
    let countries = if config.sms.countries.is_empty() { "all".to_owned() } else { config.sms.countries.join(", ") };
    writeln!(text, "Limits: {mode}. Countries: {countries}.")?;
    writeln!(text, "\nLast 24 hours")?;
    row(&mut text, &[&"decision", &"requests", &"sent", &"entered"])?;
    for total in &report.totals {
        let decision = total.refused_by.as_ref().map_or("allowed".to_owned(), |rule| format!("refused by {rule}"));
        row(&mut text, &[&decision, &total.asked, &total.sent, &total.entered])?;
    }
    writeln!(text, "\nPrefixes with the most requests in the last 24 hours")?;
    row(&mut text, &[&"prefix", &"requests", &"sent", &"entered", &"new numbers"])?;
    for prefix in &report.prefixes {
        let state = if prefix.is_blocked { "blocked" } else { "allowed" };
        row(&mut text, &[&number(&prefix.prefix), &prefix.asked, &prefix.sent, &prefix.entered, &state])?;
    }
    writeln!(text, "\nLatest decisions")?;
    row(&mut text, &[&"number", &"time", &"network", &"decision"])?;
    for decision in &report.decisions {
        let sent = match (decision.is_sent, decision.is_entered) {
            (true, true) => "sent, entered",
            (true, false) => "sent",
            (false, _) => "not sent",
        };
        let why = decision.refused_by.as_ref().map_or(String::new(), |rule| format!(" (by {rule})"));
        row(&mut text, &[&number(&decision.prefix), &decision.at, &decision.network, &format!("{sent}{why}")])?;
    }
    Ok(text)
}

/// The last four digits are not stored.
fn number(prefix: &str) -> String {
    format!("{prefix}••••")
}

fn row(text: &mut String, cells: &[&dyn Display]) -> fmt::Result {
    let cells: Vec<String> = cells.iter().map(|cell| format!("{:<24}", cell.to_string())).collect();
    writeln!(text, "  {}", cells.concat().trim_end())
}
