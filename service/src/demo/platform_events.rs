use super::Dice;
use crate::{Change, Result, platform_event};
use model::{AccountId, Amount, PlatformEvent};
use std::time::Duration;

const HOURS: u64 = 720;
const REASONS: [&str; 4] =
    ["Number not in service", "Phone switched off for three days", "Blocked by the network", "No credit on the phone"];
const CAMPAIGNS: [&str; 3] = ["Spring sale", "Opening hours in December", "Vouchers for VIPs"];

/// A month of a messaging platform: credits that are used up and bought, messages that fail, hooks that do not answer.
pub(super) async fn write(change: &Change, accounts: &[AccountId], dice: &mut Dice) -> Result<()> {
    let now = change.access().ctx().now();
    let mut credits: u64 = 4_000;
    let mut events = Vec::new();
    for hour in 0..HOURS {
        let at = now - Duration::from_hours(HOURS - hour);
        let number = format!("{hour}");
        let failed = |reason, campaign: &str| PlatformEvent::MessageFailed {
            message: format!("m-{number}"),
            campaign: Some(campaign.to_owned()),
            reason,
        };
        if dice.roll(9) == 0 {
            events.push((at, failed(dice.pick(&REASONS).to_owned(), dice.pick(&CAMPAIGNS))));
        }
        if dice.roll(60) == 0 {
            let (hook, reason) = ("Orders".to_owned(), "No answer in ten seconds".to_owned());
            events.push((at, PlatformEvent::HookFailed { hook, campaign: None, status: None, reason }));
        }
        if hour % 24 == 9 {
            let (added, rejected) = (dice.roll(80), dice.roll(5));
            events.push((at, PlatformEvent::ImportFinished { rows: added + rejected, added, rejected }));
            credits = credits.saturating_sub(150 + dice.roll(120));
            if credits < 300 {
                let paid = Amount::parse("1800", "ZAR".parse().ok()).ok();
                events.extend(
                    paid.map(|paid| (at, PlatformEvent::PaymentReceived { payment: format!("p-{hour}"), paid })),
                );
                credits += 4_000;
            }
            let balance = Amount::parse(&credits.to_string(), None).ok();
            events.extend(balance.map(|balance| (at, PlatformEvent::CreditsBalance { balance })));
        }
    }
    platform_event::insert_all(change, accounts[0], events).await
}
