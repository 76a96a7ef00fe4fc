use super::{Browser, Kind, Person, database, proxy::Outage};
use axum::Router;
use model::{RequestId, Role, UserId};
use sea_orm::{ConnectionTrait, Statement};
use server::edge::{self, Edge, outbox::Token};
use service::{Actor, Context, Database, Mailer, MasterKey, Request, Service, Settings, SystemClock};
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
    /// Whether the way to the database can be cut.
    pub breakable: bool,
}

/// An installation with one organisation in it.
pub struct App {
    pub service: Arc<Service>,
    pub router: Router,
    pub outage: Outage,
    owner: Option<Person>,
    visitors: AtomicU32,
    _stop: watch::Sender<bool>,
    _database: database::Fresh,
}

impl Setup {
    pub fn on(kind: Kind) -> Self {
        Self {
            kind,
            public_url: "http://tenantry.example",
            proxies: 0,
            local_outbox: true,
            api_rate: 6_000,
            breakable: false,
        }
    }

    pub async fn app(self) -> App {
        let Self { kind, public_url, proxies, local_outbox, api_rate, breakable } = self;
        let database = database::fresh(kind).await;
        let (url, outage) = if breakable { Outage::possible(&database.url).await } else { Outage::none(&database.url) };
        let settings = Settings {
            public_url: public_url.to_owned(),
            open_sign_up: true,
            api_rate,
            new_organisation_invitations: 10_000,
            master_key: MasterKey::new([7; 32]),
        };
        let opened = Database::open(&url).await.unwrap();
        let service = Service::new(settings, opened, Mailer::local(), Box::new(SystemClock));
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
        let mut app =
            App { service, router, outage, owner: None, visitors: AtomicU32::new(0), _stop: stop, _database: database };
        app.owner = Some(app.sign_up("Acme").await);
        app
    }
}

impl App {
    pub async fn new(kind: Kind) -> Self {
        Setup::on(kind).app().await
    }

    pub fn owner(&self) -> &Person {
        self.owner.as_ref().unwrap()
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
        let form = model::InviteMembers { emails: email.to_owned(), role, also: Vec::new() };
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

    pub async fn deliver(&self) {
        let system = Context::system(Arc::clone(&self.service)).unwrap();
        while service::outbox::deliver_due(&system).await.unwrap() > 0 {}
    }
}
