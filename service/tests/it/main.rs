//! What users and attackers would notice, on both databases. Start at `support::App`.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod account_change;
mod account_choice;
mod account_moving;
mod account_open;
mod account_search;
mod account_tree;
mod api_key;
mod billing;
mod campaign;
mod cancelled;
mod contact;
mod database;
mod deletion;
mod demo;
mod email;
mod explorer;
mod fairness;
mod founding;
mod group_commit;
mod invitation;
mod live;
mod log;
mod member;
mod organisation;
mod outage;
mod outbox;
mod overview;
mod ownership;
mod policy;
mod races;
mod reference;
mod revocation;
mod role;
mod second_factor;
mod session;
mod sign_in;
mod sign_up;
mod wall;
