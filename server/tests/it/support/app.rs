use super::{Browser, Kind, Person, database, proxy::Outage};
use axum::Router;
use model::{AccountForm, AccountId, RequestId, Role, SmsCodeId, UserId};
use sea_orm::{ConnectionTrait, Statement};
use server::edge::{self, Edge, outbox::Token};
use service::{Actor, Context, Database, Mailer, MasterKey, Request, Service, Settings, SmsGateway, SystemClock};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use tokio::sync::watch;

/// Opens the local outbox.
pub const OUTBOX_TOKEN: &str = "0123456789abcdef";

/// How an installation differs from the usual one.
pub struct Setup {
    pub kind: Kind,
    pub public_url: &'static str,
    pub proxies: usize,
    pub local_outbox: bool,
    pub api_rate: u32,
    pub sms: SmsGateway,
    /// Whether the way to the database can be cut.
    pub breakable: bool,
}

/// An installation with one organisation in it.
pub struct App {
    pub service: Arc<Service>,
    pub router: Router,
    pub outage: Outage,
    owner: Option<Person>,
    root: Option<AccountId>,
    visitors: AtomicU32,
    _stop: watch::Sender<bool>,
    database: database::Fresh,
}

impl Setup {
    pub fn on(kind: Kind) -> Self {
        Self {
            kind,
            public_url: "http://tenantry.example",
            proxies: 0,
            local_outbox: true,
            api_rate: 6_000,
            sms: SmsGateway::local(),
            breakable: false,
        }
    }

    pub async fn app(self) -> App {
        let Self { kind, public_url, proxies, local_outbox, api_rate, sms, breakable } = self;
        let database = database::fresh(kind).await;
        let (url, outage) = if breakable { Outage::possible(&database.url).await } else { Outage::none(&database.url) };
        let settings = Settings {
            public_url: public_url.to_owned(),
            open_sign_up: true,
            api_rate,
            new_organisation_invitations: 10_000,
            sms_countries: Vec::new(),
            sms_guard_records_only: false,
            master_key: MasterKey::new([7; 32]),
        };
        let opened = Database::open(&url).await.unwrap();
        let service = Service::new(settings, opened, Mailer::local(), sms, Box::new(SystemClock));
        let (stop, stopped) = watch::channel(false);
        let bundle = app::Bundle {
            js: "/assets/frontend.js".to_owned(),
            wasm: "/assets/frontend_bg.wasm".to_owned(),
            ..app::Bundle::default()
        };
        let router = edge::router(Edge {
            service: Arc::clone(&service),
            public_url: public_url.to_owned(),
            proxies,
            render_cache: app::RenderCache::default(),
            assets: Arc::new(app::Assets { script: Some(bundle), ..app::Assets::default() }),
            local_outbox: local_outbox.then(|| Token::new(OUTBOX_TOKEN)),
            stopped,
        });
        let mut app = App {
            service,
            router,
            outage,
            owner: None,
            root: None,
            visitors: AtomicU32::new(0),
            _stop: stop,
            database,
        };
        let owner = app.sign_up("Acme").await;
        app.root = Some(owner.account);
        app.owner = Some(owner);
        app
    }
}

impl App {
    pub async fn new(kind: Kind) -> Self {
        Setup::on(kind).app().await
    }

    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    pub fn owner(&self) -> &Person {
        self.owner.as_ref().unwrap()
    }

    /// The account above all others of the organisation.
    pub fn root(&self) -> AccountId {
        self.root.unwrap()
    }

    /// Has the owner work in a new account below: new rows lie in that.
    pub async fn move_owner_below(&mut self) -> AccountId {
        let form = AccountForm { name: "Below".to_owned() };
        let below = service::account::create(&self.context(self.owner().user), self.root(), form).await.unwrap();
        self.owner = Some(Person { account: below, ..self.owner().clone() });
        below
    }

    /// A browser that nobody has signed in with, at an address of its own.
    pub fn browser(&self) -> Browser {
        let number = self.number();
        Browser::new(self, &format!("198.51.{}.{}", number / 256, number % 256))
    }

    fn number(&self) -> u32 {
        self.visitors.fetch_add(1, Ordering::SeqCst)
    }

    pub fn new_address(&self, name: &str) -> String {
        format!("{name}{}@example.com", self.number())
    }

    /// A mobile number that no test has used.
    pub fn new_number(&self) -> String {
        format!("+2782{}", 5_000_000 + self.number())
    }

    /// For what a test needs to be there already.
    pub fn context(&self, user: UserId) -> Context {
        let request = Request {
            id: RequestId(self.service.new_id().unwrap()),
            ip: "203.0.113.1".to_owned(),
            user_agent: "the tests".to_owned(),
            method: "POST".to_owned(),
            path: "/tests".to_owned(),
            time_zone: None,
        };
        Context::new(Arc::clone(&self.service), request, Actor::User(user))
    }

    /// Invites, delivers, and takes the secret out of the letter.
    pub async fn invite(&self, email: &str, role: Role) -> String {
        let owner = self.owner();
        let form = model::InviteMembers { emails: email.to_owned(), role, also: Vec::new(), permissions: "".into() };
        service::invitation::invite(&self.context(owner.user), owner.account, form).await.unwrap();
        self.link(email, "/invitations/").await
    }

    /// Delivers, and takes the secret out of the newest letter to an address with a link that begins so.
    pub async fn link(&self, email: &str, begins: &str) -> String {
        self.deliver().await;
        let letters = self.service.mailer().local_letters().unwrap();
        let secret = |text: &str| Some(text.split_once(begins)?.1.split_whitespace().next()?.to_owned());
        let mut secrets = letters.iter().filter(|letter| letter.to == email).filter_map(|letter| secret(&letter.text));
        secrets.next().expect("a letter with a link")
    }

    /// Delivers, and takes the code out of the newest text message to a number.
    pub async fn sms_code(&self, number: &str) -> String {
        self.deliver().await;
        let messages = self.service.local_sms().unwrap();
        let newest = messages.iter().find(|sms| sms.to.as_str() == number).expect("a text message to this number");
        newest.text.chars().take_while(char::is_ascii_digit).collect()
    }

    /// Takes the confirmation of somebody's address back, as before there were any.
    pub async fn unconfirm(&self, person: &Person) {
        let db = self.service.database.for_migrations();
        let sql = r#"UPDATE "user" SET email_verified_at = NULL WHERE id = $1"#;
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [person.user.into()]);
        db.execute_raw(statement).await.unwrap();
    }

    /// The founder of an empty installation has opened their letter, before anything else happened.
    pub async fn confirm_founder(&self) {
        let db = self.service.database.for_migrations();
        let statements =
            [r#"UPDATE "user" SET email_verified_at = created_at"#, "DELETE FROM email_change", "DELETE FROM outbox"];
        for statement in statements {
            db.execute_unprepared(statement).await.unwrap();
        }
    }

    /// Puts a code for the owner into the outbox, as the change does that asks for it.
    pub async fn put_code(&self, number: &str) {
        let (db, now) = (self.service.database.for_migrations(), self.service.now());
        let code = SmsCodeId(self.service.new_id().unwrap());
        let message = serde_json::to_string(&service::Message::SmsCode(code)).unwrap();
        let (user, session) = (self.owner().user, code.to_string());
        let statements: [(&str, Vec<sea_orm::Value>); 2] = [
            (
                "INSERT INTO sms_code (id, user_id, purpose, session_hash, number, failures, created_at)
                 VALUES ($1, $2, 'number', $3, $4, 0, $5)",
                vec![code.into(), user.into(), session.into(), number.into(), now.into()],
            ),
            (
                "INSERT INTO outbox (id, message, attempts, created_at, due_at) VALUES ($1, $2, 0, $3, $3)",
                vec![self.service.new_id().unwrap().into(), message.into(), now.into()],
            ),
        ];
        for (sql, values) in statements {
            db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
        }
    }

    pub async fn deliver(&self) {
        let system = Context::system(Arc::clone(&self.service), model::Job::SendMessages).unwrap();
        while service::outbox::deliver_due(&system).await.unwrap() > 0 {}
    }
}
