//! The tenant wall: another organisation's id is answered exactly as an id that does not exist.

use crate::support::{App, Kind, on_both_databases};
use model::*;
use service::{Context, access_log, contact, invitation, member, organisation, overview};

on_both_databases!(foreign_account, foreign_rows, names_of_others);

struct Rows {
    member: MemberId,
    invitation: InvitationId,
    contact: ContactId,
}

impl Rows {
    /// Ids that nothing has.
    fn unknown(app: &App) -> Self {
        let new = || app.service.new_id().unwrap();
        Self { member: MemberId(new()), invitation: InvitationId(new()), contact: ContactId(new()) }
    }

    /// A row of each kind in the app's own organisation.
    async fn of(app: &App) -> Self {
        let owner = app.owner().ctx;
        app.invite(&owner, app.account, "ben@example.com", Role::Viewer).await;
        Self {
            member: app.viewer().await.member,
            invitation: invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].id,
            contact: contact::create(&owner, app.account, contact_form()).await.unwrap(),
        }
    }
}

fn contact_form() -> ContactForm {
    ContactForm { name: "Ana Ruiz".to_owned(), email: "ana@example.com".to_owned(), ..ContactForm::default() }
}

type Answers = Vec<(&'static str, Option<Problem>)>;

/// Calls every operation that takes an account; `None` stands for success.
async fn on_account(ctx: &Context, account: AccountId) -> Answers {
    let invite = InviteMembers {
        emails: "x@example.com".to_owned(),
        role: Role::Viewer,
        also: Vec::new(),
        permissions: "".into(),
    };
    let details = UpdateOrganisation { name: "X".to_owned(), ..UpdateOrganisation::default() };
    let nothing = ContactSelection::Contacts(Vec::new());
    vec![
        ("member", said(ctx.member(account).await)),
        ("access", said(ctx.access(account, Permission::ContactReadPii).await)),
        ("organisation::standing", said(organisation::standing(ctx, account).await)),
        ("organisation::get", said(organisation::get(ctx, account).await)),
        ("organisation::update", said(organisation::update(ctx, account, details).await)),
        ("overview::get", said(overview::get(ctx, account).await)),
        ("access_log::list", said(access_log::list(ctx, account, AccessFilter::default()).await)),
        ("member::list", said(member::list(ctx, account, MemberFilter::default()).await)),
        ("member::counts", said(member::counts(ctx, account).await)),
        ("invitation::invite", said(invitation::invite(ctx, account, invite).await)),
        ("invitation::list", said(invitation::list(ctx, account, InvitationFilter::default()).await)),
        ("contact::list", said(contact::list(ctx, account, ContactFilter::default()).await)),
        ("contact::create", said(contact::create(ctx, account, contact_form()).await)),
        ("contact::change_many", said(contact::change_many(ctx, account, nothing, ContactAct::Delete).await)),
    ]
}

/// Calls every operation that takes the id of a row.
async fn on_rows(ctx: &Context, account: AccountId, rows: &Rows) -> Answers {
    let Rows { member, invitation, contact } = *rows;
    vec![
        ("member::get", said(member::get(ctx, account, member).await)),
        ("member::set_role", said(member::set_role(ctx, account, member, Role::Member).await)),
        ("member::switch", said(member::switch_permission(ctx, account, member, "contact", true).await)),
        ("member::suspend", said(member::suspend(ctx, account, member).await)),
        ("member::restore", said(member::restore(ctx, account, member).await)),
        ("member::remove", said(member::remove(ctx, account, member).await)),
        ("invitation::resend", said(invitation::resend(ctx, account, invitation).await)),
        ("invitation::copy_link", said(invitation::copy_link(ctx, account, invitation).await.map(drop))),
        ("invitation::revoke", said(invitation::revoke(ctx, account, invitation).await)),
        ("contact::get", said(contact::get(ctx, account, contact).await)),
        ("contact::update", said(contact::update(ctx, account, contact, contact_form()).await)),
        ("contact::tag", said(contact::tag(ctx, account, contact, TagForm::default()).await)),
        ("contact::delete", said(contact::delete(ctx, account, contact).await)),
    ]
}

fn said<T>(answer: service::Result<T>) -> Option<Problem> {
    answer.err().map(|error| error.into_problem(RequestId(uuid::Uuid::nil())))
}

fn assert_not_found(answers: &Answers) {
    for (operation, answer) in answers {
        assert_eq!(*answer, Some(Problem::NotFound), "{operation}");
    }
}

async fn foreign_account(on: Kind) {
    let app = App::new(on).await;
    let rows = Rows::of(&app).await;
    let stranger = app.stranger().await;
    let before = app.log_size().await;
    let unknown = AccountId(app.service.new_id().unwrap());
    for account in [app.account, unknown] {
        assert_not_found(&on_account(&stranger.ctx, account).await);
        assert_not_found(&on_rows(&stranger.ctx, account, &rows).await);
    }
    assert_eq!(app.log_size().await, before, "nothing happened here");
    let anonymous = app.anonymous();
    for (operation, answer) in on_account(&anonymous, app.account).await {
        assert_eq!(answer, Some(Problem::SignedOut), "{operation}");
    }
    for (operation, answer) in on_rows(&anonymous, app.account, &rows).await {
        assert_eq!(answer, Some(Problem::SignedOut), "{operation}");
    }
    // And the calls are calls that succeed for those who belong here.
    for (operation, answer) in on_account(&app.owner().ctx, app.account).await {
        assert_eq!(answer, None, "{operation}");
    }
}

async fn foreign_rows(on: Kind) {
    let app = App::new(on).await;
    let rows = Rows::of(&app).await;
    let stranger = app.stranger().await;
    let before = app.log_size().await;
    assert_not_found(&on_rows(&stranger.ctx, stranger.account, &rows).await);
    assert_not_found(&on_rows(&stranger.ctx, stranger.account, &Rows::unknown(&app)).await);
    assert_eq!(app.log_size().await, before, "nothing happened here");
    let owner = app.owner().ctx;
    assert_eq!(organisation::get(&owner, app.account).await.unwrap().details.name, "Acme");
    let contact = contact::get(&owner, app.account, rows.contact).await.unwrap();
    assert_eq!(contact.personal.unwrap().name, "Ana Ruiz");
    assert_eq!(invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows.len(), 1);
}

/// Lists, searches and logs of one organisation hold nothing of another.
async fn names_of_others(on: Kind) {
    let app = App::new(on).await;
    Rows::of(&app).await;
    let stranger = app.stranger().await;
    let (ctx, account) = (&stranger.ctx, stranger.account);
    assert_eq!(member::list(ctx, account, MemberFilter::default()).await.unwrap().total, 1);
    let search = MemberFilter { search: "ana".to_owned(), ..MemberFilter::default() };
    assert_eq!(member::list(ctx, account, search).await.unwrap().total, 0);
    assert_eq!(contact::list(ctx, account, ContactFilter::default()).await.unwrap().total, 0);
    assert!(invitation::list(ctx, account, InvitationFilter::default()).await.unwrap().rows.is_empty());
    let log = access_log::list(ctx, account, AccessFilter::default()).await.unwrap();
    assert!(log.rows.iter().all(|entry| entry.who.user == Some(stranger.user)));
    let of_the_owner = AccessFilter { user: Some(app.owner().user), ..AccessFilter::default() };
    assert_eq!(access_log::list(ctx, account, of_the_owner).await.unwrap().total, 0);
    let overview = overview::get(ctx, account).await.unwrap();
    assert_eq!((overview.members, overview.contacts, overview.pending_invitations), (Some(1), Some(0), Some(0)));
    let invited = invitation::invite(
        ctx,
        account,
        InviteMembers {
            emails: "ben@example.com".into(),
            role: Role::Viewer,
            also: Vec::new(),
            permissions: "".into(),
        },
    );
    assert_eq!(invited.await.unwrap()[0].outcome, InviteOutcome::Invited, "invitations elsewhere are not told");
}
