use crate::{Change, Result, campaign};
use model::{AccountId, CampaignForm};
use std::time::Duration;

const EVERY: Duration = Duration::from_hours(67);

/// Each with its account's position, its name, its text and the tag of those it goes to.
const CAMPAIGNS: [(usize, &str, &str, &str); 5] = [
    (
        0,
        "Spring sale",
        "Everything for the garden is 20% off until Sunday. Show this message at the till.",
        "spring sale",
    ),
    (0, "Opening hours in December", "We are open until 21:00 on every weekday in December.", ""),
    (0, "Vouchers for VIPs", "Thank you for ten years with Northwind. Your voucher of R150 waits at the till.", "vip"),
    (
        2,
        "Cape Town: parking",
        "The car park at the harbour is closed this week. Park at Dock Road, the first hour is free.",
        "",
    ),
    (
        8,
        "Your parcel is on its way",
        "Your order left our warehouse today. You get another message on the day that it arrives.",
        "",
    ),
];

pub(super) async fn write(change: &Change, accounts: &[AccountId]) -> Result<()> {
    let mut at = change.access().ctx().now();
    for (account, name, text, tag) in CAMPAIGNS {
        at = at - EVERY;
        let form = CampaignForm { name: name.to_owned(), text: text.to_owned(), tag: tag.to_owned(), version: None };
        campaign::insert(change, accounts[account], form, at).await?;
    }
    Ok(())
}
