//! `tenantry`: the one binary.

use clap::{Parser, Subcommand};
use server::{
    config::{Config, Flags},
    serve, sms_guard,
};
use std::process::ExitCode;

/// Organisations, their people and what each may do, with the record of who looked at whose data.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Brings the database up to date and serves (the default).
    Serve,
    /// Brings the database up to date.
    Migrate,
    /// Fills the database with an organisation to look at, and says how to sign in.
    Demo,
    /// Looks after a person's login.
    #[command(subcommand)]
    User(UserCommand),
    /// Says what the limits on text messages did, beside a server that runs.
    SmsGuard,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Takes away the authenticator app, passkeys and recovery codes of somebody who has lost them, and signs them out
    /// everywhere. It is logged, and they are told by e-mail. With SQLite the server has to be stopped meanwhile.
    ResetFactors {
        /// The address that they sign in with.
        email: String,
    },
}

/// A page is thousands of small pieces of text, built on one thread and freed on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { flags, command } = Arguments::parse();
    let config = match Config::check(flags) {
        Ok(config) => config,
        Err(fault) => {
            eprintln!("tenantry: {fault}");
            return ExitCode::from(2);
        }
    };
    serve::log_to_stderr(&config);
    let done = match command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(config).await,
        Command::Migrate => serve::migrate(&config).await.map(drop),
        Command::Demo => serve::demo(config).await,
        Command::User(UserCommand::ResetFactors { email }) => serve::reset_factors(config, &email).await,
        Command::SmsGuard => sms_guard::print(&config).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tenantry: {error}");
            ExitCode::FAILURE
        }
    }
}
