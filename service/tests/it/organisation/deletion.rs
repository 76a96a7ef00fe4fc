//! The end of an organisation: deleted by its owner alone, restored as it was, or gone with a tombstone.

use crate::support::{App, Kind, PASSWORD, Person, accept_form, accepted, on_both_databases, problem};
use model::{
    ContactForm, DeleteOrganisation, InvitationState, OfferOwnership, Password, Permission, Problem, Refusal, Resource,
    Role,
};
use service::{Context, Login, contact, deletion, invitation, member, organisation, ownership, user};
use std::{sync::Arc, time::Duration};

on_both_databases!(
    previewed,
    by_the_owner_alone,
    with_its_name,
    nobody_enters,
    told,
    restored,
    invitations_lead_nowhere,
    offers_end,
    other_letters_wait,
    not_restored_after_the_end,
    purged,
    purged_piece_by_piece,
    others_stay,
    transfer_meanwhile,
    accept_meanwhile
);

const DAY: Duration = Duration::from_hours(24);

fn form() -> DeleteOrganisation {
    DeleteOrganisation { name: " Acme ".to_owned() }
}

async fn delete(app: &App) {
    deletion::delete(&app.owner().ctx, app.account, form()).await.unwrap();
}

async fn being_deleted<T>(answer: impl Future<Output = service::Result<T>>) {
    assert_eq!(problem(answer.await), Problem::Refused(Refusal::BeingDeleted));
}

/// Everything that is due; gives in how many pieces.
async fn purge(app: &App) -> usize {
    let system = Context::system(Arc::clone(&app.service), model::Job::DeleteExpired).unwrap();
    let mut pieces = 0;
    while deletion::purge_some(&system).await.unwrap() {
        pieces += 1;
    }
    pieces
}

async fn contacts(app: &App, many: usize) {
    for number in 0..many {
        let form = ContactForm {
            name: format!("Contact {number}"),
            email: format!("contact{number}@example.com"),
            tags: "a, b".to_owned(),
            ..ContactForm::default()
        };
        contact::create(&app.owner().ctx, app.account, form).await.unwrap();
    }
}

async fn previewed(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let ana = app.admin().await;
    member::set_role(&app.owner().ctx, app.account, ana.member, Role::Member).await.unwrap();
    app.invite(&app.owner().ctx, below, &ana.email, Role::Viewer).await;
    contacts(&app, 2).await;
    let sale =
        model::CampaignForm { name: "Sale".to_owned(), text: "20% off".to_owned(), tag: String::new(), version: None };
    service::campaign::create(&app.owner().ctx, below, sale).await.unwrap();
    let log_entries = app.log_size().await;
    let shown = deletion::preview(&app.owner().ctx, app.account).await.unwrap();
    let expected = [
        (Resource::Account, 2),
        (Resource::Member, 2),
        (Resource::Contact, 2),
        (Resource::Invitation, 1),
        (Resource::Campaign, 1),
        // That it was read to be counted stands in it too.
        (Resource::LogEntry, log_entries + 1),
    ];
    assert_eq!(shown, expected.into_iter().collect());
}

async fn by_the_owner_alone(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let refused = Problem::Refused(Refusal::OwnerOnly);
    assert_eq!(problem(deletion::preview(&admin.ctx, app.account).await), refused);
    assert_eq!(problem(deletion::delete(&admin.ctx, app.account, form()).await), refused);
    assert_eq!(app.log().await[0].what, "was refused: only the owner can do this");
    assert_eq!(problem(deletion::delete(&app.stranger().await.ctx, app.account, form()).await), Problem::NotFound);
    delete(&app).await;
    assert_eq!(problem(deletion::restore(&admin.ctx, app.account).await), refused);
    assert_eq!(problem(deletion::restore(&app.stranger().await.ctx, app.account).await), Problem::NotFound);
    being_deleted(organisation::standing(&admin.ctx, app.account)).await;
}

async fn with_its_name(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let other_name = DeleteOrganisation { name: "acme".to_owned() };
    let fault = problem(deletion::delete(&owner, app.account, other_name).await);
    assert!(fault.fields().unwrap().get("name").is_some());
    assert!(organisation::standing(&owner, app.account).await.is_ok());
}

/// On the next request, whoever asks, and wherever in the organisation.
async fn nobody_enters(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let (admin, local) = (app.admin().await, app.join(below, Role::Viewer).await);
    for (person, account) in [(&app.owner(), below), (&admin, app.account), (&local, below)] {
        assert!(organisation::standing(&person.ctx, account).await.is_ok());
    }
    let before = app.log_size().await;
    delete(&app).await;
    for (person, account) in [(&app.owner(), below), (&admin, app.account), (&local, below)] {
        being_deleted(organisation::standing(&person.ctx, account)).await;
        being_deleted(person.ctx.access(account, Permission::ContactReadBasic)).await;
        being_deleted(Box::pin(organisation::get(&person.ctx, account))).await;
        let told = deletion::get(&person.ctx, account).await.unwrap();
        assert_eq!((told.owner.as_deref(), told.is_mine), (Some("Olga Owens"), person.user == app.owner().user));
        assert!(told.ends.exact.starts_with("5 December 2026"), "{}", told.ends.exact);
        let profile = user::profile(&person.ctx).await.unwrap();
        assert!(profile.accounts.iter().all(|account| !account.open), "{:?}", profile.accounts);
        assert!(profile.accounts.iter().any(|account| account.deleting), "{:?}", profile.accounts);
        assert!(service::account::search_open(&person.ctx, "").await.unwrap().is_empty());
    }
    being_deleted(Box::pin(deletion::delete(&app.owner().ctx, app.account, form()))).await;
    deletion::restore(&app.owner().ctx, app.account).await.unwrap();
    let entries = app.log().await;
    let said: Vec<&str> = entries.iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(said[0], "restored the organisation");
    assert_eq!(said[entries.len() - usize::try_from(before).unwrap() - 1], "deleted the organisation");
    let refusals = entries.iter().filter(|entry| entry.what == "was refused: the organisation is being deleted");
    assert_eq!(refusals.map(|entry| entry.repeats).sum::<u64>(), 7, "{said:?}");
}

async fn told(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin, member) = (app.owner(), app.admin().await, app.member().await);
    let letters = |subject: &str| {
        let letters = app.service.mailer().local_letters().unwrap();
        let mut to: Vec<_> =
            letters.into_iter().filter(|letter| letter.subject == subject).map(|letter| letter.to).collect();
        to.sort();
        to
    };
    let mut both = vec![owner.email.clone(), admin.email.clone()];
    both.sort();
    delete(&app).await;
    app.deliver().await;
    assert_eq!(letters("“Acme” is being deleted"), both, "and not {}", member.email);
    deletion::restore(&owner.ctx, app.account).await.unwrap();
    app.deliver().await;
    assert_eq!(letters("“Acme” was restored"), both);
}

async fn restored(on: Kind) {
    let app = App::new(on).await;
    let (admin, viewer) = (app.admin().await, app.viewer().await);
    let suspended = app.member().await;
    member::suspend(&app.owner().ctx, app.account, suspended.member).await.unwrap();
    contacts(&app, 1).await;
    let rights = async |person: &Person| organisation::standing(&person.ctx, app.account).await.unwrap().permissions;
    let before = (rights(&admin).await, rights(&viewer).await);
    delete(&app).await;
    app.move_clock(DAY * 13);
    deletion::restore(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!((rights(&admin).await, rights(&viewer).await), before);
    let still = problem(organisation::standing(&suspended.ctx, app.account).await);
    assert_eq!(still, Problem::Refused(Refusal::Suspended));
    assert!(user::profile(&viewer.ctx).await.unwrap().accounts[0].open);
    assert_eq!(problem(deletion::get(&admin.ctx, app.account).await), Problem::NotFound);
    assert_eq!(problem(deletion::restore(&app.owner().ctx, app.account).await).status(), 409);
    app.move_clock(DAY * 30);
    assert_eq!(purge(&app).await, 0, "what was restored is not purged");
    assert_eq!(deletion::preview(&app.owner().ctx, app.account).await.unwrap().count(Resource::Contact), 1);
}

async fn invitations_lead_nowhere(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let secret = app.invite(&owner, app.account, "ben@example.com", Role::Viewer).await;
    let known = app.stranger().await;
    app.invite(&owner, app.account, &known.email, Role::Viewer).await;
    let own = invitation::list_own(&known.ctx).await.unwrap()[0].id;
    delete(&app).await;
    let open = invitation::open(&app.anonymous(), &secret).await.unwrap();
    assert_eq!((open.state, open.places.len()), (InvitationState::Deleting, 0));
    being_deleted(Box::pin(invitation::accept(&app.anonymous(), accept_form(&secret)))).await;
    assert!(invitation::list_own(&known.ctx).await.unwrap().is_empty());
    being_deleted(Box::pin(invitation::accept_own(&known.ctx, own))).await;
    Box::pin(being_deleted(invitation::decline_own(&known.ctx, own))).await;
    // The days that the organisation was closed do not count.
    app.move_clock(DAY * 10);
    deletion::restore(&owner, app.account).await.unwrap();
    assert_eq!(invitation::open(&app.anonymous(), &secret).await.unwrap().state, InvitationState::Pending);
    invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
    invitation::accept_own(&known.ctx, own).await.unwrap();
}

async fn offer(app: &App, to: &Person) {
    let form = OfferOwnership { member: to.member };
    ownership::offer(&app.owner().ctx, app.account, form).await.unwrap();
}

async fn offers_end(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    offer(&app, &admin).await;
    delete(&app).await;
    being_deleted(Box::pin(ownership::accept(&admin.ctx, app.account))).await;
    deletion::restore(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(problem(ownership::accept(&admin.ctx, app.account).await), Problem::NotFound);
    assert!(app.log().await.iter().any(|entry| entry.what == "cancelled the ownership transfer to Ana Ruiz"));
}

/// A letter that was still to go goes when the organisation is back.
async fn other_letters_wait(on: Kind) {
    let app = App::new(on).await;
    let form = model::InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Viewer,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
    delete(&app).await;
    app.deliver().await;
    assert!(app.secrets("ben@example.com").is_empty());
    app.move_clock(DAY);
    deletion::restore(&app.owner().ctx, app.account).await.unwrap();
    app.deliver().await;
    assert_eq!(app.secrets("ben@example.com").len(), 1);
}

async fn not_restored_after_the_end(on: Kind) {
    let app = App::new(on).await;
    delete(&app).await;
    app.move_clock(Duration::from_mins(14 * 24 * 60 - 1));
    assert_eq!(purge(&app).await, 0, "not before its time");
    app.move_clock(Duration::from_mins(1));
    assert_eq!(problem(deletion::restore(&app.owner().ctx, app.account).await).status(), 409);
    // Nor with a clock that is behind, once it has begun.
    let system = Context::system(Arc::clone(&app.service), model::Job::DeleteExpired).unwrap();
    app.contact_rows(600).await;
    assert!(deletion::purge_some(&system).await.unwrap());
    app.move_clock_back(DAY);
    assert_eq!(problem(deletion::restore(&app.owner().ctx, app.account).await).status(), 409);
}

async fn purged(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    app.account_below(below, "Sea Point").await;
    let (owner, admin) = (app.owner(), app.admin().await);
    let secret = app.invite(&owner.ctx, below, "ben@example.com", Role::Viewer).await;
    contacts(&app, 3).await;
    // The deletion, and that the log was read to be counted.
    let last = app.log_size().await + 2;
    delete(&app).await;
    app.deliver().await;
    app.move_clock(DAY * 14);
    assert!(purge(&app).await > 0);
    for person in [&owner, &admin] {
        assert_eq!(problem(organisation::standing(&person.ctx, app.account).await), Problem::NotFound);
        assert_eq!(problem(deletion::restore(&person.ctx, app.account).await), Problem::NotFound);
        assert!(user::profile(&person.ctx).await.unwrap().accounts.is_empty());
    }
    assert_eq!(problem(invitation::open(&app.anonymous(), &secret).await), Problem::NotFound);
    // Their logins are theirs.
    let sign_in = model::SignIn { email: admin.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    assert_eq!(
        user::sign_in(&app.anonymous(), sign_in).await.unwrap(),
        user::SignInOutcome::Complete(Login::first(admin.user))
    );
    let stone = app.tombstone().await;
    assert_eq!((stone.name.as_str(), stone.deleted_by), ("Acme", owner.user));
    assert!(stone.purged && stone.has_last_entry);
    let gone = |table: &str| stone.gone.get(table).copied().unwrap_or(0);
    assert_eq!((gone("account"), gone("membership"), gone("contact"), gone("invitation")), (3, 2, 3, 2));
    assert_eq!((gone("contact_tag"), gone("access_entry")), (6, last));
    let tables = app.tables_with("organisation_id").await.into_iter().filter(|name| name != "organisation_tombstone");
    for table in tables.chain(["organisation", "invitation_secret"].map(ToOwned::to_owned)) {
        assert_eq!(app.rows(&table).await, 0, "{table}");
    }
}

/// Whoever dies in the middle is followed by another, and nothing is counted twice.
async fn purged_piece_by_piece(on: Kind) {
    let app = App::new(on).await;
    app.contact_rows(1_200).await;
    delete(&app).await;
    app.move_clock(DAY * 14);
    let system = Context::system(Arc::clone(&app.service), model::Job::DeleteExpired).unwrap();
    assert!(deletion::purge_some(&system).await.unwrap());
    let stone = app.tombstone().await;
    assert!(!stone.purged);
    let first = stone.gone["contact"];
    assert!((1..=500).contains(&first), "others may write in between");
    assert_eq!(app.rows("contact").await, 1_200 - first);
    crate::support::give_up_after(3, deletion::purge_some(&system)).await;
    let (one, two) = tokio::join!(purge(&app), purge(&app));
    assert!(one + two >= 2);
    let stone = app.tombstone().await;
    assert!(stone.purged);
    assert_eq!((stone.gone["contact"], app.rows("contact").await, app.rows("organisation").await), (1_200, 0, 0));
}

async fn others_stay(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Viewer).await;
    let own = invitation::list_own(&stranger.ctx).await.unwrap()[0].id;
    invitation::accept_own(&stranger.ctx, own).await.unwrap();
    let before = service::access_log::list(&stranger.ctx, stranger.account, model::AccessFilter::default()).await;
    delete(&app).await;
    assert!(organisation::standing(&stranger.ctx, stranger.account).await.is_ok());
    app.move_clock(DAY * 14);
    purge(&app).await;
    assert!(organisation::standing(&stranger.ctx, stranger.account).await.is_ok());
    let after = service::access_log::list(&stranger.ctx, stranger.account, model::AccessFilter::default()).await;
    assert_eq!(after.unwrap().rows.len(), before.unwrap().rows.len() + 1, "that it was read before");
    let accounts = user::profile(&stranger.ctx).await.unwrap().accounts;
    assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [stranger.account]);
}

/// Handing over against deleting: one of the two happens, and there is an owner who can undo it.
async fn transfer_meanwhile(on: Kind) {
    let app = App::new(on).await;
    for round in 0..6 {
        let (owner, admin) = (app.owner(), app.admin().await);
        offer(&app, &admin).await;
        let (accepted, deleted) = futures::join!(
            ownership::accept(&admin.ctx, app.account),
            deletion::delete(&owner.ctx, app.account, form())
        );
        assert!(accepted.is_ok() != deleted.is_ok(), "round {round}: {accepted:?}, {deleted:?}");
        if deleted.is_ok() {
            assert_eq!(problem(accepted), Problem::Refused(Refusal::BeingDeleted));
            deletion::restore(&owner.ctx, app.account).await.unwrap();
        } else {
            assert_eq!(problem(deleted), Problem::Refused(Refusal::OwnerOnly));
            let form = OfferOwnership { member: owner.member };
            ownership::offer(&admin.ctx, app.account, form).await.unwrap();
            ownership::accept(&owner.ctx, app.account).await.unwrap();
        }
        assert_eq!(organisation::standing(&owner.ctx, app.account).await.unwrap().role, Role::Owner, "round {round}");
    }
}

/// Accepting against deleting: whoever is a member was so before the end.
async fn accept_meanwhile(on: Kind) {
    let app = App::new(on).await;
    for round in 0..6 {
        let owner = app.owner().ctx;
        let email = app.new_address("new");
        let secret = app.invite(&owner, app.account, &email, Role::Viewer).await;
        let anonymous = app.anonymous();
        let (acceptance, deleted) = futures::join!(
            invitation::accept(&anonymous, accept_form(&secret)),
            deletion::delete(&owner, app.account, form())
        );
        deleted.unwrap();
        deletion::restore(&owner, app.account).await.unwrap();
        match acceptance {
            Ok(acceptance) => {
                let (user, _) = accepted(acceptance);
                let log = app.log().await;
                let ended = log.iter().position(|entry| entry.what == "deleted the organisation").unwrap();
                let joined = log.iter().position(|entry| entry.who.user == Some(user)).unwrap();
                assert!(joined > ended, "round {round}: the newest stand first");
            }
            refused => {
                assert_eq!(problem(refused), Problem::Refused(Refusal::BeingDeleted), "round {round}");
                invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
            }
        }
    }
}
