//! Whoever deletes their login is erased: no file, no table and no log says who they were.

use crate::support::{App, Device, Kind, PASSWORD, Person, accept_form, accepted, on_both_databases, problem};
use model::{
    AcceptInvitation, AccessFilter, AddPasskey, CampaignForm, ChangeEmail, ChangePhone, ConfirmByCode, ConfirmEmail,
    ConfirmIdentity, ConfirmPhone, DeleteOrganisation, DeleteUser, FieldFault, InvitationFilter, InviteMembers,
    OfferOwnership, PasskeyAnswer, Password, PersonName, Problem, Refusal, RemovePasskey, Role, SignIn,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use service::{
    Actor, Context, Login, Secret, access_log, api_key, campaign, data_export, deletion, device, email_change,
    invitation, member, organisation, ownership, passkey, phone, second_factor, session, session::Session, sign_up,
    user, user_deletion,
};
use std::time::Duration;

on_both_databases!(
    nothing_tells_who_they_were,
    an_owner_stays,
    who_means_it,
    with_a_code,
    once,
    an_owner_in_the_same_moment,
    in_every_log,
    signed_out_everywhere,
    an_address_that_may_be_anothers
);

const FIRST_NAME: &str = "Zachariah";
const LAST_NAME: &str = "Quimbytree";
const MOBILE: &str = "+27827654321";

fn form(person: &Person) -> DeleteUser {
    DeleteUser { email: person.email.clone(), password: Password::new(PASSWORD), ..DeleteUser::default() }
}

async fn delete(person: &Person) -> service::Result<()> {
    user_deletion::delete(&person.ctx, form(person)).await
}

/// Somebody in Acme with a name that nobody else has.
async fn zachariah(app: &App, email: &str) -> Person {
    let secret = app.invite(&app.owner().ctx, app.account, email, Role::Admin).await;
    let form =
        AcceptInvitation { first_name: FIRST_NAME.to_owned(), last_name: LAST_NAME.to_owned(), ..accept_form(&secret) };
    let (user, account) = accepted(invitation::accept(&app.anonymous(), form).await.unwrap());
    let filter = model::MemberFilter { search: email.to_owned(), ..model::MemberFilter::default() };
    let member = member::list(&app.owner().ctx, account, filter).await.unwrap().rows[0].id;
    Person { user, email: email.to_owned(), member, account, ctx: app.request(Actor::User(user)) }
}

/// Leaves traces of somebody wherever the product does; gives them with the address that they have then.
async fn everywhere(app: &App) -> Person {
    let before = zachariah(app, "zq.first@needle.example").await;
    let ctx = &before.ctx;
    change_email(app, ctx, "zq.second@needle.example").await;
    let person = Person { email: "zq.second@needle.example".to_owned(), ..before.clone() };
    let asked = ChangeEmail { email: "zq.third@needle.example".to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(ctx, asked).await.unwrap();
    let identity = || ConfirmIdentity { password: Password::new(PASSWORD), ..ConfirmIdentity::default() };
    a_passkey(ctx, identity()).await;
    let number = ChangePhone { number: MOBILE.to_owned(), password: Password::new(PASSWORD), ..ChangePhone::default() };
    phone::ask(ctx, number).await.unwrap();
    phone::confirm(ctx, ConfirmPhone { code: app.sms_code(MOBILE).await }).await.unwrap();
    second_factor::begin(ctx, identity()).await.unwrap();
    let login = Login { user: person.user, credentials_version: version(app, &person).await };
    device::remember(&app.anonymous(), login).await.unwrap().unwrap();
    put_session(app, &person, "cookie").await;
    app.key(&person, "contact.read").await;
    let campaign = CampaignForm { name: "Sale".to_owned(), text: "Half price".to_owned(), ..CampaignForm::default() };
    campaign::create(ctx, app.account, campaign).await.unwrap();
    invite(ctx, app.account, "guest@example.com").await;
    let stranger = app.stranger().await;
    invite(&stranger.ctx, stranger.account, &person.email).await;
    sign_up::ask(&app.anonymous(), crate::support::sign_up_form(&person.email, "Initech")).await.unwrap();
    let wrong = SignIn { email: person.email.clone(), password: Password::new("Wrong-Otter-42"), then: String::new() };
    assert_eq!(problem(user::sign_in(&app.anonymous(), wrong).await), Problem::WrongPassword);
    data_export::start(ctx).await.unwrap();
    let system = Context::system(app.service.clone(), model::Job::ExportData).unwrap();
    while data_export::write_some(&system).await.unwrap() {}
    app.deliver().await;
    person
}

/// One that is called after its owner, and is no more.
async fn a_passkey(ctx: &Context, identity: ConfirmIdentity) {
    let (_, passkey) = Device::make(&passkey::begin_adding(ctx, identity).await.unwrap());
    let name = format!("{FIRST_NAME}'s laptop");
    let code = passkey::add(ctx, AddPasskey { name, passkey }).await.unwrap().recovery_codes.remove(0);
    let id = passkey::list(ctx).await.unwrap().passkeys[0].id;
    let form = RemovePasskey { id, password: Password::default(), code, passkey: PasskeyAnswer::default() };
    passkey::remove(ctx, form).await.unwrap();
}

async fn change_email(app: &App, ctx: &Context, email: &str) {
    let form = ChangeEmail { email: email.to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(ctx, form).await.unwrap();
    let secret = app.link(email, "/email/").await.reveal().to_owned();
    email_change::confirm(ctx, ConfirmEmail { secret, password: Password::new(PASSWORD) }).await.unwrap();
}

async fn invite(by: &Context, account: model::AccountId, email: &str) {
    let form = InviteMembers { emails: email.to_owned(), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    invitation::invite(by, account, form).await.unwrap();
}

async fn put_session(app: &App, person: &Person, cookie: &str) {
    let session = Session {
        user: Some(person.user),
        ip: "203.0.113.9".to_owned(),
        user_agent: "the tests".to_owned(),
        data: String::new(),
        expires_at: app.service.now() + Duration::from_hours(2),
        credentials_version: version(app, person).await,
    };
    session::create(&app.service, &Secret::from_client(cookie), session).await.unwrap();
}

async fn version(app: &App, person: &Person) -> i64 {
    let db = app.service.database.for_migrations();
    let sql = r#"SELECT credentials_version AS version FROM "user" WHERE id = $1"#;
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [person.user.into()]);
    db.query_one_raw(statement).await.unwrap().unwrap().try_get("", "version").unwrap()
}

/// What tells who somebody is, in small letters.
const NEEDLES: [&str; 4] = ["zachariah", "quimbytree", "needle.example", "827654321"];

/// The columns in which a text stands, whatever their type is, as `table.column`.
async fn columns_with(app: &App, needle: &str) -> Vec<String> {
    let db = app.service.database.for_migrations();
    let backend = db.get_database_backend();
    let (columns, place) = match backend {
        DbBackend::Postgres => (
            "SELECT table_name AS name, column_name AS col FROM information_schema.columns
             WHERE table_schema = current_schema()",
            "position($1 IN lower(CAST(\"{}\" AS TEXT)))",
        ),
        _ => (
            "SELECT t.name, c.name AS col FROM pragma_table_list t, pragma_table_info(t.name) c
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
            "instr(lower(CAST(\"{}\" AS TEXT)), $1)",
        ),
    };
    let mut found = Vec::new();
    for row in db.query_all_raw(Statement::from_string(backend, columns)).await.unwrap() {
        let (table, column): (String, String) = (row.try_get("", "name").unwrap(), row.try_get("", "col").unwrap());
        let sql = format!(r#"SELECT 1 AS one FROM "{table}" WHERE {} > 0 LIMIT 1"#, place.replace("{}", &column));
        let statement = Statement::from_sql_and_values(backend, sql, [needle.into()]);
        if db.query_one_raw(statement).await.unwrap().is_some() {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

/// The files of the database in which a text stands; on PostgreSQL, whose files are its operator's, none.
fn files_with(app: &App, needle: &str) -> Vec<String> {
    let Some(path) = app.sqlite_file() else { return Vec::new() };
    let files = ["", "-wal", "-shm"].map(|end| format!("{path}{end}"));
    let has = |file: &String| {
        let bytes = std::fs::read(file).unwrap_or_default().to_ascii_lowercase();
        bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
    };
    files.into_iter().filter(has).collect()
}

async fn nothing_tells_who_they_were(on: Kind) {
    let app = App::new(on).await;
    let person = everywhere(&app).await;
    for needle in NEEDLES {
        assert!(!columns_with(&app, needle).await.is_empty(), "{needle} is somewhere before");
        assert!(on == Kind::Postgres || !files_with(&app, needle).is_empty(), "{needle} is in the files before");
    }
    let users = app.rows("user").await;
    delete(&person).await.unwrap();
    app.deliver().await;
    for needle in NEEDLES {
        assert_eq!(columns_with(&app, needle).await, [""; 0], "{needle}");
        assert_eq!(files_with(&app, needle), [""; 0], "{needle}");
    }
    assert_eq!(app.rows("user").await, users - 1, "nobody else goes");

    let letters = app.service.mailer().local_letters().unwrap();
    let last = letters.iter().find(|letter| letter.to == person.email).unwrap();
    assert_eq!(last.subject, "Your account has been deleted");
    assert!(last.text.contains(FIRST_NAME));
    let log = app.log().await;
    let theirs: Vec<_> = log.iter().filter(|entry| entry.who.user == Some(person.user)).collect();
    assert!(theirs.len() > 5, "what they did stays");
    assert!(theirs.iter().all(|entry| entry.who.name == PersonName::Former));
    assert!(theirs.iter().any(|entry| entry.what == "changed their e-mail address"));
    assert!(theirs.iter().any(|entry| entry.what == "deleted their account"));
}

async fn an_owner_stays(on: Kind) {
    let app = App::new(on).await;
    let owner = app.stranger().await;
    let before = user_deletion::preview(&owner.ctx).await.unwrap();
    let listed: Vec<_> = before.owned.iter().map(|one| (one.account, &*one.name, one.ends.is_some())).collect();
    assert_eq!(listed, [(owner.account, "Globex", false)]);
    assert_eq!(problem(delete(&owner).await), Problem::Refused(Refusal::OwnsOrganisation));
    let log = access_log::list(&owner.ctx, owner.account, AccessFilter::default()).await.unwrap().rows;
    assert!(log.iter().any(|entry| entry.what == "was refused: they own an organisation"));

    let goes = DeleteOrganisation { name: "Globex".to_owned() };
    deletion::delete(&owner.ctx, owner.account, goes).await.unwrap();
    let meanwhile = user_deletion::preview(&owner.ctx).await.unwrap();
    assert!(meanwhile.owned[0].ends.is_some(), "it can still be restored");
    assert_eq!(problem(delete(&owner).await), Problem::Refused(Refusal::OwnsOrganisation));
    app.move_clock(Duration::from_hours(14 * 24));
    let system = Context::system(app.service.clone(), model::Job::DeleteExpired).unwrap();
    while deletion::purge_some(&system).await.unwrap() {}
    assert!(user_deletion::preview(&owner.ctx).await.unwrap().owned.is_empty());
    delete(&owner).await.unwrap();
    assert_eq!(app.tombstone().await.deleted_by, owner.user);
}

async fn who_means_it(on: Kind) {
    let app = App::new(on).await;
    let ana = app.admin().await;
    app.key(&ana, "contact.read").await;
    let preview = user_deletion::preview(&ana.ctx).await.unwrap();
    assert_eq!((preview.contents.organisations, preview.contents.api_keys), (1, 1));
    let another = DeleteUser { email: app.owner().email, ..form(&ana) };
    let fields = problem(user_deletion::delete(&ana.ctx, another).await);
    assert_eq!(fields.fields().unwrap().get("email"), Some(&FieldFault::NotOwnEmail));
    let nothing = DeleteUser { password: Password::default(), ..form(&ana) };
    let fields = problem(user_deletion::delete(&ana.ctx, nothing).await);
    assert!(fields.fields().unwrap().get("password").is_some(), "however recent the last proof is");
    let passkey = PasskeyAnswer("{}".to_owned());
    let no_proof = DeleteUser { password: Password::default(), passkey, ..form(&ana) };
    let fields = problem(user_deletion::delete(&ana.ctx, no_proof).await);
    assert!(fields.fields().unwrap().get("code").is_some(), "a passkey of somebody who has none");
    let wrong = DeleteUser { password: Password::new("Wrong-Otter-42"), ..form(&ana) };
    assert!(problem(user_deletion::delete(&ana.ctx, wrong).await).fields().unwrap().get("password").is_some());
    assert_eq!(user::profile(&ana.ctx).await.unwrap().email, ana.email, "still there");
    let loud = DeleteUser { email: format!(" {} ", ana.email.to_uppercase()), ..form(&ana) };
    user_deletion::delete(&ana.ctx, loud).await.unwrap();
    assert_eq!(problem(user::profile(&ana.ctx).await), Problem::SignedOut);
    let again = SignIn { email: ana.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    assert_eq!(problem(user::sign_in(&app.anonymous(), again).await), Problem::WrongPassword);
}

async fn with_a_code(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let identity = ConfirmIdentity { password: Password::new(PASSWORD), ..ConfirmIdentity::default() };
    second_factor::begin(&ana.ctx, identity).await.unwrap();
    let offer = second_factor::get(&ana.ctx).await.unwrap().offer.unwrap();
    let key = totp_rs::Secret::try_from_base32(offer.key.replace(' ', "")).unwrap();
    let phone = totp_rs::Builder::new().with_secret(key).build().unwrap();
    let code = || phone.generate(u64::try_from(app.service.now().0).unwrap() / 1_000_000).to_string();
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: code() }).await.unwrap();
    app.move_clock(Duration::from_secs(30));
    assert!(user_deletion::preview(&ana.ctx).await.unwrap().methods.app);
    for wrong in ["", "000000"] {
        let wrong = DeleteUser { code: wrong.to_owned(), ..form(&ana) };
        assert!(problem(user_deletion::delete(&ana.ctx, wrong).await).fields().unwrap().get("code").is_some());
    }
    user_deletion::delete(&ana.ctx, DeleteUser { code: code(), ..form(&ana) }).await.unwrap();
    assert_eq!(problem(user::profile(&ana.ctx).await), Problem::SignedOut);
}

async fn once(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let attempts = futures::future::join_all((0..8).map(|_| delete(&ana))).await;
    let (done, late): (Vec<_>, Vec<_>) = attempts.into_iter().partition(Result::is_ok);
    assert_eq!(done.len(), 1);
    for late in late {
        assert_eq!(problem(late), Problem::SignedOut);
    }
    let entries = app.log().await.into_iter().filter(|entry| entry.what == "deleted their account");
    assert_eq!(entries.count(), 1);
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    assert_eq!(letters.iter().filter(|letter| letter.subject == "Your account has been deleted").count(), 1);
}

/// An organisation never belongs to somebody who is gone.
async fn an_owner_in_the_same_moment(on: Kind) {
    let app = App::new(on).await;
    for round in 0..4 {
        let owner = app.sign_up("Initech").await;
        let email = app.new_address("admin");
        let secret = app.invite(&owner.ctx, owner.account, &email, Role::Admin).await;
        let (admin, _) = accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
        let ctx = app.request(Actor::User(admin));
        let candidates = ownership::get(&owner.ctx, owner.account).await.unwrap().candidates;
        let offer = OfferOwnership { member: candidates[0].0 };
        ownership::offer(&owner.ctx, owner.account, offer).await.unwrap();
        let goes = DeleteUser { email, password: Password::new(PASSWORD), ..DeleteUser::default() };
        let (accepts, goes) = tokio::join!(ownership::accept(&ctx, owner.account), user_deletion::delete(&ctx, goes));
        assert!(accepts.is_ok() != goes.is_ok(), "round {round}: {accepts:?}, {goes:?}");
        let (keeper, other) = if accepts.is_ok() { (&ctx, problem(goes)) } else { (&owner.ctx, problem(accepts)) };
        assert!([401, 403, 404, 409].contains(&other.status()), "round {round}: {other:?}");
        assert_eq!(organisation::standing(keeper, owner.account).await.unwrap().role, Role::Owner);
        assert!(!ownership::get(keeper, owner.account).await.unwrap().owner.contains("ormer member"));
    }
}

async fn in_every_log(on: Kind) {
    let app = App::new(on).await;
    let (globex, ana) = (app.stranger().await, app.admin().await);
    let secret = app.invite(&globex.ctx, globex.account, &ana.email, Role::Viewer).await;
    invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
    let filter = model::MemberFilter { search: ana.email.clone(), ..model::MemberFilter::default() };
    let there = member::list(&globex.ctx, globex.account, filter).await.unwrap().rows[0].id;
    member::suspend(&globex.ctx, globex.account, there).await.unwrap();
    let key = app.key(&ana, "contact.read").await;
    invite(&ana.ctx, app.account, "guest@example.com").await;
    let initech = app.sign_up("Initech").await;
    invite(&initech.ctx, initech.account, &ana.email).await;
    let page = InvitationFilter::default;
    assert_eq!(invitation::list(&initech.ctx, initech.account, page()).await.unwrap().rows.len(), 1);
    delete(&ana).await.unwrap();

    let said = async |reader: &Person, what: &str| {
        let log = access_log::list(&reader.ctx, reader.account, AccessFilter::default()).await.unwrap().rows;
        let entry = log.iter().find(|entry| entry.what == what);
        let entry = entry.unwrap_or_else(|| panic!("{what} is in the log")).clone();
        assert_eq!((entry.who.user, entry.who.name), (Some(ana.user), PersonName::Former), "{what}");
    };
    said(&app.owner(), "deleted their account").await;
    said(&app.owner(), "revoked the API key A program").await;
    said(&globex, "deleted their account").await;
    said(&initech, "declined an invitation").await;
    assert!(invitation::list(&initech.ctx, initech.account, page()).await.unwrap().rows.is_empty());
    let gone = app.with_key(&key.secret).await;
    assert_eq!(problem(gone), Problem::UnknownKey);
    assert!(
        api_key::list(&app.owner().ctx, app.account, model::ApiKeyFilter::default()).await.unwrap().rows.is_empty()
    );
    let sent = invitation::list(&app.owner().ctx, app.account, page()).await.unwrap().rows;
    assert_eq!(sent.len(), 1, "the organisation keeps what they sent, which is void");
}

async fn signed_out_everywhere(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let cookies = ["laptop", "phone"];
    for cookie in cookies {
        put_session(&app, &ana, cookie).await;
        assert!(session::get(&app.service, &Secret::from_client(cookie)).await.unwrap().is_some());
    }
    delete(&ana).await.unwrap();
    for cookie in cookies {
        assert!(session::get(&app.service, &Secret::from_client(cookie)).await.unwrap().is_none(), "{cookie}");
    }
    assert_eq!(problem(ana.ctx.member(app.account).await), Problem::NotFound);
}

/// Whoever typed an address and never opened a letter to it takes nothing of its owner's along.
async fn an_address_that_may_be_anothers(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let initech = app.sign_up("Initech").await;
    invite(&initech.ctx, initech.account, &ana.email).await;
    app.unconfirm(&ana).await;
    app.deliver().await;
    let before = app.service.mailer().local_letters().unwrap().len();
    delete(&ana).await.unwrap();
    app.deliver().await;
    assert_eq!(app.service.mailer().local_letters().unwrap().len(), before, "no letter to an unconfirmed address");
    let waiting = invitation::list(&initech.ctx, initech.account, InvitationFilter::default()).await.unwrap().rows;
    assert_eq!(waiting.len(), 1);
}
