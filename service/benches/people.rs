//! Ten thousand members, five thousand accounts: what the people pages ask of the service.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![expect(clippy::print_stdout, reason = "this is what it is for")]

mod support;

use model::{
    AccountForm, AccountId, InviteMembers, MemberAct, MemberFilter, MemberSelection, MemberSort, Permission, Role,
};
use sea_orm::{ConnectionTrait, Statement};
use service::{Context, account, explorer, invitation, member, outbox};
use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

const MEMBERS: i64 = 10_000;
const ACCOUNTS: usize = 5_000;
/// Of the accounts, those right below the root.
const REGIONS: usize = 50;
const ROUNDS: usize = 200;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    // Kept for those who measure a server on it.
    let kept = std::env::var_os("BENCH_FOLDER").map(PathBuf::from);
    let ctx = support::owner(kept.as_deref().unwrap_or(folder.path())).await;
    let root = service::user::profile(&ctx).await.unwrap().accounts[0].id;

    let crowded = account::create(&ctx, root, AccountForm { name: "Crowded".to_owned() }).await.unwrap();
    crowd(&ctx, crowded).await;
    pages(&ctx, crowded).await;
    // Seen from above, with accounts below.
    pages(&ctx, root).await;
    sorted(&ctx, crowded).await;
    explored(&ctx, crowded).await;
    bulk(&ctx, crowded).await;
    invitations(&ctx, root).await;
    switcher(&ctx, root).await;
}

/// Written as rows: ten thousand passwords would be hashed otherwise.
async fn crowd(ctx: &Context, account: AccountId) {
    let db = ctx.service().database.for_migrations();
    let organisation = service::organisation::standing(ctx, account).await.unwrap().organisation;
    let write = async |sql: &str, values: Vec<sea_orm::Value>| {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    };
    write("BEGIN", vec![]).await;
    for number in 0..MEMBERS {
        let (user, member) = (ctx.service().new_id().unwrap(), ctx.service().new_id().unwrap());
        let (email, at) = (format!("person{number}@example.com"), number * 60_000_000);
        let sql = r#"INSERT INTO "user" (id, email, first_name, last_name, name_fold, password_hash, created_at) VALUES ($1, $2, 'Person', $3, 'person ' || $3, '', $4)"#;
        write(sql, vec![user.into(), email.into(), number.to_string().into(), at.into()]).await;
        let sql = r"INSERT INTO membership (id, organisation_id, account_id, user_id, role, permissions, created_at)
                    VALUES ($1, $2, $3, $4, 'viewer', '', $5)";
        write(sql, vec![member.into(), organisation.into(), account.into(), user.into(), at.into()]).await;
    }
    write("COMMIT", vec![]).await;
}

/// The first page and the hundredth, each read anew: a search is not kept, but for how many it finds.
async fn pages(ctx: &Context, account: AccountId) {
    let mut filter = MemberFilter { search: "person".to_owned(), ..MemberFilter::default() };
    let started = Instant::now();
    drop(member::list(ctx, account, filter.clone()).await.unwrap());
    println!("members of {MEMBERS}, searched for the first time: {:.1?}", started.elapsed());
    let first = times(ROUNDS, async || drop(member::list(ctx, account, filter.clone()).await.unwrap())).await;
    for _ in 1..100 {
        filter.cursor = member::list(ctx, account, filter.clone()).await.unwrap().older;
    }
    let last = times(ROUNDS, async || drop(member::list(ctx, account, filter.clone()).await.unwrap())).await;
    println!("members of {MEMBERS}, searched: page 1 {}, page 100 {}", summary(&first), summary(&last));
    let plain = times(ROUNDS, async || drop(member::list(ctx, account, MemberFilter::default()).await.unwrap())).await;
    println!("members of {MEMBERS}, page 1 as it is kept: {}", summary(&plain));
}

/// A page in each order, read anew: a search is not kept, but for how many it finds.
async fn sorted(ctx: &Context, account: AccountId) {
    for sort in MemberSort::ALL {
        let mut filter = MemberFilter { search: "person".to_owned(), sort, ..MemberFilter::default() };
        let first = times(ROUNDS, async || drop(member::list(ctx, account, filter.clone()).await.unwrap())).await;
        for _ in 1..50 {
            filter.cursor = member::list(ctx, account, filter.clone()).await.unwrap().older;
        }
        let later = times(ROUNDS, async || drop(member::list(ctx, account, filter.clone()).await.unwrap())).await;
        println!(
            "members of {MEMBERS}, searched, by {}: page 1 {}, page 50 {}",
            sort.name(),
            summary(&first),
            summary(&later)
        );
    }
}

async fn explored(ctx: &Context, account: AccountId) {
    let permission = Permission::ContactReadBasic;
    let who = times(ROUNDS, async || drop(explorer::holders(ctx, account, permission, None).await.unwrap())).await;
    let member = member::list(ctx, account, MemberFilter::default()).await.unwrap().rows[1].id;
    let why = times(ROUNDS, async || drop(explorer::get(ctx, account, member).await.unwrap())).await;
    println!("who can, of {MEMBERS}: page 1 {}; why one can: {}", summary(&who), summary(&why));
}

async fn bulk(ctx: &Context, account: AccountId) {
    let mut filter = MemberFilter::default();
    let mut members = Vec::new();
    while members.len() < 1_000 {
        let page = member::list(ctx, account, filter.clone()).await.unwrap();
        members.extend(page.rows.iter().map(|row| row.id));
        filter.cursor = page.older;
    }
    let started = Instant::now();
    let selection = MemberSelection::Members(members);
    let changed = member::change_many(ctx, account, selection, MemberAct::SetRole(Role::Member)).await.unwrap();
    println!("role of {} members changed in {:?}", changed.changed, started.elapsed());
}

async fn invitations(ctx: &Context, account: AccountId) {
    let emails: Vec<String> = (0..1_000).map(|number| format!("new{number}@example.com")).collect();
    let form = InviteMembers { emails: emails.join(","), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    let started = Instant::now();
    let told = invitation::invite(ctx, account, form).await.unwrap();
    let answered = started.elapsed();
    println!("{} invitations answered in {answered:?}, all letters out {:?} later", told.len(), delivered(ctx).await);
}

/// How long the outbox takes for what is due.
async fn delivered(ctx: &Context) -> Duration {
    let system = Context::system(Arc::clone(ctx.service()), model::Job::SendMessages).unwrap();
    let started = Instant::now();
    while outbox::deliver_due(&system).await.unwrap() > 0 {}
    started.elapsed()
}

async fn switcher(ctx: &Context, root: AccountId) {
    let mut regions = Vec::new();
    for number in 0..ACCOUNTS {
        let parent = if number < REGIONS { root } else { regions[number % REGIONS] };
        let name = format!("Shop {number}");
        let id = account::create(ctx, parent, AccountForm { name }).await.unwrap();
        if number < REGIONS {
            regions.push(id);
        }
    }
    let found = times(ROUNDS, async || drop(account::search_open(ctx, "shop 49").await.unwrap())).await;
    println!("switcher search over {ACCOUNTS} accounts: {}", summary(&found));
}

async fn times(rounds: usize, act: impl AsyncFn()) -> Vec<Duration> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let started = Instant::now();
        act().await;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    times
}

fn summary(times: &[Duration]) -> String {
    format!("p50 {:.1?}, p99 {:.1?}", times[times.len() / 2], times[times.len() * 99 / 100])
}
