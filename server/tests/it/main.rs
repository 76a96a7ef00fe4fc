//! The server as browsers, attackers and operators meet it. Start at `support::App` for what runs
//! inside the test, at `support::Process` for the built binary.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod another_user;
mod client_ip;
mod config;
mod cookie;
mod crash;
mod deletion;
mod explorer;
mod grid;
mod headers;
mod hostile;
mod live;
mod method;
mod origin;
mod outage;
mod outbox;
mod page;
mod plain_form;
mod process;
mod rest;
mod second_factor;
mod throttle;
mod wall;
