use super::{clock::TestClock, database, database::Kind, proxy::Outage};
use model::{
    AcceptInvitation, AccountId, ApiKeyForm, ApiKeyId, ConfirmSignUp, InviteMembers, MemberId, Password, PermissionSet,
    RequestId, Role, SignUp, UserId,
};
use service::{
    Actor, Context, Database, Mailer, MasterKey, Request, Secret, Service, Settings, SmsGateway,
    invitation::Acceptance,
    sign_up::{self, SignUpOutcome},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

pub const PASSWORD: &str = "Quiet-Otter-42";

/// How an installation differs from the usual one.
pub struct Setup {
    pub kind: Kind,
    pub open_sign_up: bool,
    pub api_rate: u32,
    pub new_organisation_invitations: u16,
    pub mailer: Mailer,
    pub sms: SmsGateway,
    pub sms_countries: Vec<String>,
    pub sms_guard_records_only: bool,
    /// Whether the way to the database can be cut.
    pub breakable: bool,
}

/// An installation with one organisation in it.
pub struct App {
    pub service: Arc<Service>,
    /// The root account of the organisation.
    pub account: AccountId,
    pub outage: Outage,
    clock: TestClock,
    owner: Option<Person>,
    people: AtomicU32,
    database: database::Fresh,
}

/// Somebody with a login, signed in.
#[derive(Clone)]
pub struct Person {
    pub user: UserId,
    pub email: String,
    pub member: MemberId,
    /// Where they are a member.
    pub account: AccountId,
    pub ctx: Context,
}

/// A program with a key.
#[derive(Clone)]
pub struct Key {
    pub id: ApiKeyId,
    pub secret: String,
    pub ctx: Context,
}

impl Setup {
    pub fn on(kind: Kind) -> Self {
        Self {
            kind,
            open_sign_up: true,
            api_rate: 6_000,
            new_organisation_invitations: 10_000,
            mailer: Mailer::local(),
            sms: SmsGateway::local(),
            sms_countries: Vec::new(),
            sms_guard_records_only: false,
            breakable: false,
        }
    }

    /// An installation that nobody has signed up at.
    pub async fn empty(self) -> App {
        let database = database::fresh(self.kind).await;
        let (url, outage) =
            if self.breakable { Outage::possible(&database.url).await } else { Outage::none(&database.url) };
        let opened = Database::open(&url).await.unwrap();
        let settings = Settings {
            public_url: "https://tenantry.example".to_owned(),
            open_sign_up: self.open_sign_up,
            new_organisation_invitations: self.new_organisation_invitations,
            api_rate: self.api_rate,
            sms_countries: self.sms_countries,
            sms_guard_records_only: self.sms_guard_records_only,
            master_key: MasterKey::new([7; 32]),
        };
        let clock = TestClock::new();
        App {
            service: Service::new(settings, opened, self.mailer, self.sms, Box::new(clock.clone())),
            account: AccountId(uuid::Uuid::nil()),
            outage,
            clock,
            owner: None,
            people: AtomicU32::new(0),
            database,
        }
    }

    pub async fn app(self) -> App {
        let mut app = self.empty().await;
        let owner = app.sign_up("Acme").await;
        app.account = owner.account;
        app.owner = Some(owner);
        app
    }
}

impl App {
    pub async fn new(kind: Kind) -> Self {
        Setup::on(kind).app().await
    }

    /// Another server on the same database, by the same clock.
    pub async fn replica(&self) -> Arc<Service> {
        let opened = Database::open(&self.database.url).await.unwrap();
        let (mailer, sms) = (Mailer::local(), SmsGateway::local());
        Service::new(self.service.settings.clone(), opened, mailer, sms, Box::new(self.clock.clone()))
    }

    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// The path of the database, where it is a file.
    pub fn sqlite_file(&self) -> Option<&str> {
        self.database.url.strip_prefix("sqlite://")
    }

    pub fn move_clock(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// From now on it goes on only when it is moved.
    pub fn stop_clock(&self) {
        self.clock.stop();
    }

    /// How long was waited, each time.
    pub fn pauses(&self) -> Vec<Duration> {
        self.clock.pauses()
    }

    pub fn move_clock_back(&self, time: Duration) {
        self.clock.go_back(time);
    }

    /// A request by this actor, from an address of its own.
    pub fn request(&self, actor: Actor) -> Context {
        let number = self.people.fetch_add(1, Ordering::SeqCst);
        self.request_from(actor, &format!("198.51.{}.{}", number / 256, number % 256))
    }

    pub fn request_from(&self, actor: Actor, ip: &str) -> Context {
        let request = Request {
            id: RequestId(self.service.new_id().unwrap()),
            ip: ip.to_owned(),
            user_agent: "the tests".to_owned(),
            method: "POST".to_owned(),
            path: "/tests".to_owned(),
            time_zone: None,
        };
        Context::new(Arc::clone(&self.service), request, actor)
    }

    pub fn anonymous(&self) -> Context {
        self.request(Actor::Anonymous)
    }

    pub fn owner(&self) -> Person {
        self.owner.clone().unwrap()
    }

    pub async fn admin(&self) -> Person {
        self.join(self.account, Role::Admin).await
    }

    pub async fn member(&self) -> Person {
        self.join(self.account, Role::Member).await
    }

    pub async fn viewer(&self) -> Person {
        self.join(self.account, Role::Viewer).await
    }

    /// Somebody with exactly these permissions, given as the text of a set.
    pub async fn custom(&self, permissions: &str) -> Person {
        let person = self.join(self.account, Role::Custom).await;
        let owner = self.owner().ctx;
        for node in PermissionSet::from(permissions).highest() {
            service::member::switch_permission(&owner, self.account, person.member, node.path, true).await.unwrap();
        }
        person
    }

    /// The owner of another organisation.
    pub async fn stranger(&self) -> Person {
        self.sign_up("Globex").await
    }

    pub async fn sign_up(&self, organisation: &str) -> Person {
        self.sign_up_at(&self.new_address("owner"), organisation).await
    }

    pub async fn sign_up_at(&self, email: &str, organisation: &str) -> Person {
        let form = sign_up_form(email, organisation);
        let email = form.email.clone();
        let user = self.sign_up_with(form).await;
        let ctx = self.request(Actor::User(user));
        let account = service::user::profile(&ctx).await.unwrap().accounts[0].id;
        let member = member_with(&ctx, account, &email).await;
        Person { user, email, member, account, ctx }
    }

    /// Signs up and confirms the address, in one browser.
    pub async fn sign_up_with(&self, form: SignUp) -> UserId {
        let email = form.email.trim().to_lowercase();
        match sign_up::ask(&self.anonymous(), form).await.unwrap() {
            SignUpOutcome::Founder(user) => {
                self.confirm_founder().await;
                user
            }
            SignUpOutcome::Asked(id) => {
                let secret = self.link(&email, "/sign-up/confirm/").await;
                let form = ConfirmSignUp { secret: secret.reveal().to_owned(), ..ConfirmSignUp::default() };
                sign_up::confirm(&self.anonymous(), form, Some(id)).await.unwrap().user()
            }
        }
    }

    /// Somebody new who was invited by the owner, and accepted.
    pub async fn join(&self, account: AccountId, role: Role) -> Person {
        let email = self.new_address(role.name());
        let owner = self.owner().ctx;
        let secret = self.invite(&owner, account, &email, role).await;
        let (user, account) =
            accepted(service::invitation::accept(&self.anonymous(), accept_form(&secret)).await.unwrap());
        let member = member_with(&owner, account, &email).await;
        Person { user, email, member, account, ctx: self.request(Actor::User(user)) }
    }

    /// Somebody who is known joins another account too.
    pub async fn join_too(&self, person: &Person, account: AccountId, role: Role) {
        let secret = self.invite(&self.owner().ctx, account, &person.email, role).await;
        service::invitation::accept(&self.anonymous(), accept_form(&secret)).await.unwrap();
    }

    /// A request by a program that shows this secret.
    pub async fn with_key(&self, secret: &str) -> service::Result<Context> {
        let actor = service::api_key::authenticate(&self.service, &Secret::from_client(secret)).await?;
        Ok(self.request(actor))
    }

    /// A key that somebody makes in the root account, with these permissions as the text of a set.
    pub async fn key(&self, creator: &Person, permissions: &str) -> Key {
        self.key_in(self.account, creator, permissions).await
    }

    pub async fn key_in(&self, account: AccountId, creator: &Person, permissions: &str) -> Key {
        let form = ApiKeyForm { name: "A program".to_owned(), permissions: permissions.into(), days: 0, like: None };
        let minted = service::api_key::create(&creator.ctx, account, form).await.unwrap();
        Key { id: minted.id, ctx: self.with_key(&minted.secret).await.unwrap(), secret: minted.secret }
    }

    /// Invites, delivers, and takes the secret out of the letter.
    pub async fn invite(&self, by: &Context, account: AccountId, email: &str, role: Role) -> Secret {
        let form = InviteMembers { emails: email.to_owned(), role, also: Vec::new(), permissions: "".into() };
        service::invitation::invite(by, account, form).await.unwrap();
        self.deliver().await;
        self.secrets(email).into_iter().next().expect("a letter to the one who was invited")
    }

    /// The secrets in the letters to an address, the newest first.
    pub fn secrets(&self, email: &str) -> Vec<Secret> {
        let letters = self.service.mailer().local_letters().unwrap();
        let invites = letters.iter().filter(|letter| letter.to == email && letter.text.contains("/invitations/"));
        invites.map(|letter| secret_in(&letter.text)).collect()
    }

    /// Delivers, and takes the secret out of the newest letter to an address with a link that begins so.
    pub async fn link(&self, email: &str, begins: &str) -> Secret {
        self.links(email, begins).await.into_iter().next().expect("a letter with a link")
    }

    /// As [`App::link`], for all of them, the newest first.
    pub async fn links(&self, email: &str, begins: &str) -> Vec<Secret> {
        self.deliver().await;
        let letters = self.service.mailer().local_letters().unwrap();
        let secret = |text: &str| Some(text.split_once(begins)?.1.split_whitespace().next()?.to_owned());
        let secrets = letters.iter().filter(|letter| letter.to == email).filter_map(|letter| secret(&letter.text));
        secrets.map(Secret::from_client).collect()
    }

    /// Delivers, and takes the code out of the newest text message to a number.
    pub async fn sms_code(&self, number: &str) -> String {
        self.deliver().await;
        let messages = self.service.local_sms().unwrap();
        let newest = messages.iter().find(|sms| sms.to.as_str() == number).expect("a text message to this number");
        newest.text.chars().take_while(char::is_ascii_digit).collect()
    }

    /// Delivers all that is due.
    pub async fn deliver(&self) {
        let system = Context::system(Arc::clone(&self.service), model::Job::SendMessages).unwrap();
        while service::outbox::deliver_due(&system).await.unwrap() > 0 {}
    }

    pub fn new_address(&self, name: &str) -> String {
        format!("{name}{}@example.com", self.people.fetch_add(1, Ordering::SeqCst))
    }
}

/// Who accepted, and the account they may enter now.
pub fn accepted(acceptance: Acceptance) -> (UserId, AccountId) {
    match acceptance {
        Acceptance::Accepted(login, account) => (login.user, account),
        Acceptance::NeedsSecondFactor(_) => panic!("a code is asked of somebody without a second factor"),
    }
}

pub fn secret_in(letter: &str) -> Secret {
    let (_, rest) = letter.split_once("https://tenantry.example/invitations/").unwrap();
    Secret::from_client(rest.split_whitespace().next().unwrap())
}

pub fn sign_up_form(email: &str, organisation: &str) -> SignUp {
    SignUp {
        first_name: "Olga".to_owned(),
        last_name: "Owens".to_owned(),
        organisation: organisation.to_owned(),
        email: email.to_owned(),
        password: Password::new(PASSWORD),
    }
}

pub fn accept_form(secret: &Secret) -> AcceptInvitation {
    AcceptInvitation {
        secret: secret.reveal().to_owned(),
        first_name: "Ana".to_owned(),
        last_name: "Ruiz".to_owned(),
        password: Password::new(PASSWORD),
        existing: false,
    }
}

async fn member_with(ctx: &Context, account: AccountId, email: &str) -> MemberId {
    let filter = model::MemberFilter { search: email.to_owned(), ..Default::default() };
    let found = service::member::list(ctx, account, filter).await.unwrap().rows;
    found.iter().find(|member| member.account == account).expect("a member with this address").id
}
