//! How often programs may call, counted by all servers together.

use crate::support::{App, Kind, Setup, on_both_databases, problem, run};
use model::Problem;
use service::{Secret, Service, api_key, rate_limit::Quota};
use std::time::Duration;

on_both_databases!(by_key, by_organisation, by_network, in_pieces, anew);

const RATE: u32 = 40;

async fn app(on: Kind) -> App {
    Setup { api_rate: RATE, ..Setup::on(on) }.app().await
}

/// One request with this secret: where it stands with its limits, and whether it is carried out.
async fn call(service: &Service, secret: &str, ip: &str) -> (Vec<Quota>, Option<Problem>) {
    let admission = api_key::admit(service, Some(&Secret::from_client(secret)), ip).await;
    let refused = admission.actor.is_err().then(|| problem(admission.actor));
    (admission.quotas, refused)
}

/// How many of so many requests are carried out before they are too many.
async fn carried_out(service: &Service, secret: &str, requests: u32) -> u32 {
    for request in 0..requests {
        match call(service, secret, "198.51.100.1").await.1 {
            None => {}
            Some(Problem::TooMany { seconds }) => {
                assert!((1..=60).contains(&seconds));
                return request;
            }
            Some(other) => panic!("{other:?}"),
        }
    }
    requests
}

async fn by_key(on: Kind) {
    let app = app(on).await;
    let (one, other) = (app.key(&app.owner(), "contact").await, app.key(&app.owner(), "contact").await);
    let (quotas, _) = call(&app.service, &one.secret, "198.51.100.1").await;
    assert_eq!(quotas.iter().map(|quota| quota.name).collect::<Vec<_>>(), ["key", "organisation"]);
    assert_eq!((quotas[0].limit, quotas[0].remaining), (RATE, RATE - 1));
    assert_eq!((quotas[1].limit, quotas[1].remaining), (5 * RATE, 5 * RATE - 1));
    assert_eq!(carried_out(&app.service, &one.secret, 2 * RATE).await, RATE - 1);
    let (quotas, refused) = call(&app.service, &one.secret, "203.0.113.9").await;
    assert_eq!((quotas[0].name, quotas[0].remaining, quotas[0].allowed), ("key", 0, false));
    assert!(matches!(refused, Some(Problem::TooMany { .. })), "from anywhere");
    assert_eq!(carried_out(&app.service, &other.secret, RATE).await, RATE, "another key has its own");
}

async fn by_organisation(on: Kind) {
    let app = app(on).await;
    let mut carried = 0;
    for _ in 0..7 {
        let key = app.key(&app.owner(), "contact").await;
        carried += carried_out(&app.service, &key.secret, RATE).await;
    }
    assert_eq!(carried, 5 * RATE);
    let stranger = app.stranger().await;
    let key = app.key_in(stranger.account, &stranger, "contact").await;
    assert_eq!(carried_out(&app.service, &key.secret, RATE).await, RATE, "another organisation has its own");
}

/// Keys that open nothing are counted where they come from; whoever has a good one there goes on.
async fn by_network(on: Kind) {
    let app = Setup { api_rate: 1_000, ..Setup::on(on) }.app().await;
    let (good, gone) = (app.key(&app.owner(), "contact").await, app.key(&app.owner(), "contact").await);
    api_key::revoke(&app.owner().ctx, app.account, gone.id).await.unwrap();
    for number in 0..119 {
        // One network of IPv6, whatever the address within.
        let ip = format!("2001:db8:1:2::{number:x}");
        assert_eq!(call(&app.service, &format!("tnt_{number}"), &ip).await.1, Some(Problem::UnknownKey));
    }
    let ip = "2001:db8:1:2:ffff::1";
    assert_eq!(call(&app.service, &gone.secret, ip).await.1, None, "the operation says that it was revoked");
    for secret in [&*gone.secret, "tnt_nothing"] {
        let (quotas, refused) = call(&app.service, secret, ip).await;
        assert!(matches!(refused, Some(Problem::TooMany { .. })), "{refused:?}");
        assert_eq!(quotas.last().unwrap().name, "network");
    }
    assert_eq!(call(&app.service, &good.secret, ip).await.1, None);
    assert_eq!(call(&app.service, "tnt_other", "2001:db8:1:3::1").await.1, Some(Problem::UnknownKey));
}

/// Most requests ask this process alone: one in twenty of a limit asks the database.
async fn in_pieces(on: Kind) {
    let app = Setup { api_rate: 1_000, ..Setup::on(on) }.app().await;
    let key = app.key(&app.owner(), "contact").await;
    let remaining = async |requests| {
        assert_eq!(carried_out(&app.service, &key.secret, requests).await, requests);
        call(&app.service, &key.secret, "198.51.100.1").await.0[0].remaining
    };
    assert_eq!(remaining(9).await, 990);
    assert_eq!(remaining(89).await, 900);
}

/// Both ends of the window, for a key, its organisation, and a network.
async fn anew(on: Kind) {
    let app = Setup { api_rate: RATE, ..Setup::on(on) }.app().await;
    let (instant, owner) = (Duration::from_micros(1), app.owner());
    let mut keys = Vec::new();
    for _ in 0..6 {
        keys.push(app.key(&owner, "contact").await.secret);
    }
    app.stop_clock();
    for _ in 0..2 {
        for key in &keys[..5] {
            assert_eq!(carried_out(&app.service, key, RATE + 1).await, RATE);
        }
        let last = async || {
            let by_organisation = call(&app.service, &keys[5], "198.51.100.1").await.1;
            (carried_out(&app.service, &keys[0], 1).await, by_organisation)
        };
        assert_eq!(last().await, (0, Some(Problem::TooMany { seconds: 60 })));
        app.move_clock(Duration::from_mins(1).checked_sub(instant).unwrap());
        assert_eq!(last().await, (0, Some(Problem::TooMany { seconds: 1 })));
        let unknown = async || call(&app.service, "tnt_nothing", "203.0.113.9").await.1;
        app.move_clock(instant);
        for _ in 0..120 {
            assert_eq!(unknown().await, Some(Problem::UnknownKey));
        }
        assert_eq!(unknown().await, Some(Problem::TooMany { seconds: 60 }));
        assert_eq!(carried_out(&app.service, &keys[5], 1).await, 1);
        app.move_clock(Duration::from_mins(1));
    }
}

/// Two servers on one database let through no more than one would.
#[test]
fn together() {
    run(Kind::Postgres, async |on| {
        let app = app(on).await;
        let (here, there) = (&app.service, app.replica().await);
        let key = app.key(&app.owner(), "contact").await;
        let mut carried = 0;
        for _ in 0..RATE {
            for server in [here, &there] {
                carried += carried_out(server, &key.secret, 1).await;
            }
        }
        assert_eq!(carried, RATE);
    });
}
