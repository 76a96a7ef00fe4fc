//! The server as browsers, attackers and operators meet it. Start at `support::App` for what runs
//! inside the test, at `support::Process` for the built binary.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

mod access_log_download;
mod another_user;
mod client_ip;
mod config;
mod connection;
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
mod own_data;
mod page;
mod page_view;
mod plain_form;
mod process;
mod proof;
mod purge;
mod rate_limit;
mod region;
mod rest;
mod role_permissions;
mod second_factor;
mod secret_file;
mod sms;
mod throttle;
mod undelivered;
mod verified;
mod wall;
