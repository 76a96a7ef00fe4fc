//! What runs beside the requests. Each reads what should be and makes it so: woken by a change,
//! guaranteed by time.

use model::Job;
use service::{Context, Result, Service};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinSet};

const SWEEP: Duration = Duration::from_hours(1);
/// What another replica was asked for, or what failed a while ago, is seen within.
const EXPORT: Duration = Duration::from_secs(10);

pub struct Workers(JoinSet<()>);

impl Workers {
    /// Waits until the work in hand is done.
    pub async fn join(mut self) {
        while self.0.join_next().await.is_some() {}
    }
}

pub fn start(service: &Arc<Service>, stopped: &watch::Receiver<bool>) -> Result<Workers> {
    let mut workers = JoinSet::new();
    workers.spawn(deliver(Context::system(Arc::clone(service), Job::SendMessages)?, stopped.clone()));
    workers.spawn(sweep(Arc::clone(service), stopped.clone()));
    workers.spawn(index(Context::system(Arc::clone(service), Job::IndexContacts)?, stopped.clone()));
    workers.spawn(purge(Context::system(Arc::clone(service), Job::DeleteExpired)?, stopped.clone()));
    workers.spawn(export(Context::system(Arc::clone(service), Job::ExportData)?, stopped.clone()));
    Ok(Workers(workers))
}

/// Delivers messages from the outbox.
async fn deliver(ctx: Context, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match service::outbox::deliver_due(&ctx).await {
            Ok(0) => {
                tokio::select! {
                    () = service::outbox::wait(&ctx) => {}
                    _ = stopped.changed() => {}
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "outbox: not reached, trying again");
                tokio::select! {
                    () = tokio::time::sleep(Duration::from_secs(2)) => {}
                    _ = stopped.changed() => {}
                }
            }
        }
    }
}

/// Deletes what has expired.
async fn sweep(service: Arc<Service>, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = service::sweep::run(&service).await {
            tracing::warn!(%error, "expired rows stay until the next sweep");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Makes contacts from before an update searchable as new ones are.
async fn index(ctx: Context, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match service::contact::index_some(&ctx).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "contacts from before the update are searched more slowly for now");
                tokio::select! {
                    () = tokio::time::sleep(SWEEP) => {}
                    _ = stopped.changed() => {}
                }
            }
        }
    }
}

/// Purges what was deleted, a piece after the other: accounts, and organisations whose time is over.
async fn purge(ctx: Context, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match purge_some(&ctx).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "what was deleted stays until the next sweep"),
        }
        tokio::select! {
            () = service::account::wait_for_deleted(&ctx, SWEEP) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Writes the files with all that there is about somebody, a part after the other.
async fn export(ctx: Context, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match service::data_export::write_some(&ctx).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "an export of somebody's data is tried again in a minute"),
        }
        tokio::select! {
            () = service::data_export::wait(&ctx, EXPORT) => {}
            _ = stopped.changed() => {}
        }
    }
}

async fn purge_some(ctx: &Context) -> Result<bool> {
    Ok(service::account::purge_some(ctx).await? || service::deletion::purge_some(ctx).await?)
}
