//! What searches of one large organisation cost another one: 200,000 contacts, a log of a million entries.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![expect(clippy::print_stdout, reason = "this is what it is for")]

mod support;

use model::{
    AccessFilter, AccountId, ApiKeyForm, ConfirmSignUp, ContactFilter, ContactForm, Outcome, Password, SignUp, UserId,
};
use sea_orm::{ConnectionTrait, Statement};
use service::{
    Context, Secret, access_log, api_key, contact,
    sign_up::{self, SignUpOutcome},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const CONTACTS: u64 = 200_000;
const ENTRIES: u64 = 1_000_000;
const ROUNDS: usize = 2_000;
/// A word that is nowhere, one that is everywhere, two letters that no index has, and one that few have.
const SEARCHES: [&str; 4] = ["zebedee", "contact", "zq", "number 1999"];

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let ctx = support::owner(folder.path()).await;
    let account = service::user::profile(&ctx).await.unwrap().accounts[0].id;
    let other = Other::sign_up(&ctx).await;
    let started = Instant::now();
    fill(&ctx, account).await;
    println!("{CONTACTS} contacts, {ENTRIES} entries written and indexed: {:.0?}", started.elapsed());
    alone(&ctx, account).await;

    let quiet = other.measure().await;
    println!("another organisation, nobody searching: {}", quiet.summary());
    let busy = other.measure_during(40, &ctx, account, Search::Contacts).await;
    println!("another organisation, 40 searches of contacts: {}", busy.summary());
    let busy = other.measure_during(8, &ctx, account, Search::Log).await;
    println!("another organisation, 8 searches of the log: {}", busy.summary());
    drop(folder);
}

#[derive(Clone, Copy)]
enum Search {
    Contacts,
    Log,
}

impl Search {
    async fn again(self, ctx: &Context, account: AccountId, round: usize) -> service::Result<()> {
        match self {
            Self::Contacts => {
                let search = SEARCHES[round % SEARCHES.len()].to_owned();
                drop(contact::list(ctx, account, ContactFilter { search, ..ContactFilter::default() }).await?);
            }
            Self::Log => drop(access_log::list(ctx, account, log_filter(round)).await?),
        }
        Ok(())
    }
}

fn log_filter(round: usize) -> AccessFilter {
    let all = AccessFilter::default();
    match round % 4 {
        0 => AccessFilter { path: "/nowhere".to_owned(), ..all },
        1 => AccessFilter { ips: "192.0.2.1".to_owned(), ..all },
        2 => AccessFilter { user: Some(UserId(uuid::Uuid::nil())), ..all },
        _ => AccessFilter { outcome: Some(Outcome::Refused), ..all },
    }
}

async fn alone(ctx: &Context, account: AccountId) {
    for search in SEARCHES {
        let filter = ContactFilter { search: search.to_owned(), ..ContactFilter::default() };
        let mut times = times(50, async || drop(contact::list(ctx, account, filter.clone()).await.unwrap())).await;
        println!("{CONTACTS} contacts, searched for {search:?}: {}", summary(&mut times));
    }
    for (round, name) in ["path", "address", "user", "outcome"].into_iter().enumerate() {
        let filter = log_filter(round);
        let mut times = times(20, async || drop(access_log::list(ctx, account, filter.clone()).await.unwrap())).await;
        println!("{ENTRIES} entries, by {name}: {}", summary(&mut times));
    }
}

/// The other organisation: a key that lists its few contacts, and a session.
struct Other {
    ctx: Context,
    account: AccountId,
    secret: Secret,
}

struct Measured {
    keyed: Vec<Duration>,
    look_up: Vec<Duration>,
}

impl Measured {
    fn summary(mut self) -> String {
        format!("keyed list {}; key look-up {}", summary(&mut self.keyed), summary(&mut self.look_up))
    }
}

impl Other {
    async fn sign_up(ctx: &Context) -> Self {
        let form = SignUp {
            first_name: "Olga".to_owned(),
            last_name: "Owens".to_owned(),
            organisation: "Globex".to_owned(),
            email: "olga@globex.example".to_owned(),
            password: Password::new("Correct-horse-7"),
        };
        let anonymous = actor(ctx, service::Actor::Anonymous);
        let SignUpOutcome::Asked(id) = sign_up::ask(&anonymous, form).await.unwrap() else {
            unreachable!("there is an owner")
        };
        service::outbox::deliver_due(&Context::system(ctx.service().clone(), model::Job::SendMessages).unwrap())
            .await
            .unwrap();
        let letters = ctx.service().mailer().local_letters().unwrap();
        let link = letters.iter().find_map(|letter| letter.text.split_once("/sign-up/confirm/")).unwrap().1;
        let secret = link.split_whitespace().next().unwrap().to_owned();
        let form = ConfirmSignUp { secret, ..ConfirmSignUp::default() };
        let user = sign_up::confirm(&anonymous, form, Some(id)).await.unwrap().user();
        let ctx = actor(ctx, service::Actor::User(user));
        let account = service::user::profile(&ctx).await.unwrap().accounts[0].id;
        for number in 0..50 {
            let form = ContactForm {
                name: format!("Guest {number}"),
                mobile: String::new(),
                email: format!("guest{number}@example.com"),
                tags: String::new(),
                version: None,
            };
            contact::create(&ctx, account, form).await.unwrap();
        }
        let key = ApiKeyForm { name: "Shop".to_owned(), permissions: "contact.read.basic".into(), days: 0, like: None };
        let secret = Secret::from_client(&api_key::create(&ctx, account, key).await.unwrap().secret);
        Self { ctx, account, secret }
    }

    async fn measure(&self) -> Measured {
        let keyed = times(ROUNDS, async || {
            let key = actor(&self.ctx, api_key::authenticate(self.ctx.service(), &self.secret).await.unwrap());
            drop(contact::list(&key, self.account, ContactFilter::default()).await.unwrap());
        });
        let keyed = keyed.await;
        let look_up = times(ROUNDS, async || {
            api_key::authenticate(self.ctx.service(), &self.secret).await.unwrap();
        });
        Measured { keyed, look_up: look_up.await }
    }

    /// While so many readers ask again and again, waiting for a moment when they are too many.
    async fn measure_during(&self, readers: usize, ctx: &Context, account: AccountId, search: Search) -> Measured {
        let counts = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
        let mut load = tokio::task::JoinSet::new();
        for reader in 0..readers {
            let (ctx, counts) = (ctx.clone(), Arc::clone(&counts));
            load.spawn(async move {
                for round in reader.. {
                    if search.again(&ctx, account, round).await.is_ok() {
                        counts.0.fetch_add(1, Ordering::Relaxed);
                    } else {
                        counts.1.fetch_add(1, Ordering::Relaxed);
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
            });
        }
        let started = Instant::now();
        let measured = self.measure().await;
        let seconds = started.elapsed().as_secs_f64();
        let (done, refused) = (counts.0.load(Ordering::Relaxed), counts.1.load(Ordering::Relaxed));
        println!("  meanwhile {done} searches and {refused} refused in {seconds:.1} s");
        measured
    }
}

fn actor(ctx: &Context, actor: service::Actor) -> Context {
    Context::new(Arc::clone(ctx.service()), ctx.request().clone(), actor)
}

/// Written by the database itself: a million operations would take an hour.
async fn fill(ctx: &Context, account: AccountId) {
    let db = ctx.service().database.for_migrations();
    let organisation = service::organisation::standing(ctx, account).await.unwrap().organisation;
    let write = async |sql: &str, values: Vec<sea_orm::Value>| {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    };
    let numbers =
        |most: u64| format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})");
    let sql = format!(
        "{} INSERT INTO contact (id, organisation_id, account_id, name, mobile, email, created_at, updated_at)
         SELECT randomblob(16), $1, $2, 'Contact number ' || i, '+2782' || (1000000 + i), 'contact' || i || '@example.com', i, i FROM n",
        numbers(CONTACTS)
    );
    write(&sql, vec![organisation.into(), account.into()]).await;
    let sql = format!(
        "{} INSERT INTO access_entry (id, organisation_id, account_id, request_id, user_id, ip, method, path, action,
                                      permission, event, records, outcome, created_at)
         SELECT randomblob(16), $1, $2, randomblob(16), randomblob(16), '198.51.100.' || (i % 250), 'GET', '/contacts/' || (i % 1000),
                'contact.read', 'contact.read.pii', '\"signed_out\"', 1, 'allowed', i FROM n",
        numbers(ENTRIES)
    );
    write(&sql, vec![organisation.into(), account.into()]).await;
    while contact::index_some(ctx).await.unwrap() {}
    write("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await;
}

async fn times(rounds: usize, act: impl AsyncFn()) -> Vec<Duration> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let started = Instant::now();
        act().await;
        times.push(started.elapsed());
    }
    times
}

fn summary(times: &mut [Duration]) -> String {
    times.sort();
    format!("p50 {:.2?}, p99 {:.2?}", times[times.len() / 2], times[times.len() * 99 / 100])
}
