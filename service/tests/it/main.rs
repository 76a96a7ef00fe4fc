//! What users and attackers would notice, on both databases. Start at `support::App`.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod audit;
mod delivery;
mod demo;
mod identity;
mod kernel;
mod messaging;
mod organisation;
mod people;
mod permission;
mod reference;
mod wall;
