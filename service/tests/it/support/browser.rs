use super::{App, PASSWORD, Person};
use model::{Password, RequestId, SignIn};
use service::{
    Actor, Browser, Context, Login, Request, Secret, device,
    session::{self, Session},
    user::{self, SignInOutcome},
};
use std::{sync::Arc, time::Duration};

pub const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                          Chrome/140.0.0.0 Safari/537.36";
pub const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";

/// A browser in which somebody signed in.
pub struct BrowserSession {
    pub secret: Secret,
    person: Person,
    user_agent: &'static str,
}

impl BrowserSession {
    /// The next request with its session, as the edge makes it; `None` once that has ended.
    pub async fn request(&self, app: &App) -> Option<Context> {
        let used = session::get_and_touch(&app.service, &self.secret).await.unwrap()?;
        assert_eq!(used.session.user, Some(self.person.user));
        let browser = Browser { session: Some(self.secret.clone()), devices: Vec::new() };
        let ctx = app.request_with(Actor::User(self.person.user), self.user_agent);
        Some(ctx.proved_at(used.proved_at).with_browser(browser))
    }
}

impl App {
    /// A request by this actor from a browser that says this of itself.
    pub fn request_with(&self, actor: Actor, user_agent: &str) -> Context {
        let request = Request {
            id: RequestId(self.service.new_id().unwrap()),
            ip: "198.51.100.7".to_owned(),
            user_agent: user_agent.to_owned(),
            method: "POST".to_owned(),
            path: "/tests".to_owned(),
            time_zone: None,
        };
        Context::new(Arc::clone(&self.service), request, actor)
    }

    /// Signs somebody without a second factor in, as the edge does: the browser is remembered, and its session kept.
    pub async fn sign_in_by(&self, person: &Person, user_agent: &'static str) -> BrowserSession {
        let ctx = self.request_with(Actor::Anonymous, user_agent);
        let form = SignIn { email: person.email.clone(), password: Password::new(PASSWORD), then: String::new() };
        let SignInOutcome::Complete(login) = user::sign_in(&ctx, form).await.unwrap() else {
            panic!("a code is asked of somebody without a second factor")
        };
        self.begin_session(person, login, user_agent).await
    }

    /// A session that begins with what was shown.
    pub async fn begin_session(&self, person: &Person, login: Login, user_agent: &'static str) -> BrowserSession {
        let ctx = self.request_with(Actor::Anonymous, user_agent);
        device::remember(&ctx, login).await.unwrap().unwrap();
        let secret = self.service.new_secret().unwrap();
        let session = Session {
            user: Some(login.user),
            ip: ctx.request().ip.clone(),
            user_agent: user_agent.to_owned(),
            data: String::new(),
            expires_at: self.service.now() + Duration::from_hours(30 * 24),
            credentials_version: login.credentials_version,
        };
        session::create(&self.service, &secret, session).await.unwrap();
        BrowserSession { secret, person: person.clone(), user_agent }
    }
}
