//! What a permission check costs in the process, rights fresh from the version-checked cache.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![expect(clippy::print_stdout, reason = "this is what it is for")]

mod support;

use model::Permission;
use std::time::Instant;

const BATCHES: usize = 20_000;
const BATCH: u32 = 50;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let ctx = support::owner(folder.path()).await;
    let account = service::user::profile(&ctx).await.unwrap().accounts[0].id;

    let mut nanoseconds = Vec::with_capacity(BATCHES);
    for _ in 0..BATCHES {
        let started = Instant::now();
        for _ in 0..BATCH {
            std::hint::black_box(ctx.access(account, Permission::ContactReadPii).await.unwrap());
        }
        nanoseconds.push(started.elapsed().as_nanos() / u128::from(BATCH));
    }
    nanoseconds.sort_unstable();
    let at = |share: usize| nanoseconds[BATCHES * share / 1000];
    println!("permission check: p50 {} ns, p99 {} ns", at(500), at(990));
}
