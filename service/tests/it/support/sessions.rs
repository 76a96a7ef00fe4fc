use super::{App, PASSWORD, Person};
use model::{Password, SignIn};
use service::{
    Actor, Browser, Context, Secret, device, session,
    session::Session,
    user::{self, SignInOutcome},
};
use std::time::Duration;

impl App {
    /// Signs somebody in with a browser of their own, which is remembered; gives the secret of its session, and a request
    /// of it.
    pub async fn browser_of(&self, person: &Person, name: &str) -> (Secret, Context) {
        let outcome = self.sign_in(&person.email, PASSWORD).await.unwrap();
        let (SignInOutcome::Complete(login) | SignInOutcome::NeedsSecondFactor(login)) = outcome;
        let secret = Secret::from_client(name);
        let session = Session {
            user: Some(person.user),
            ip: "198.51.100.1".to_owned(),
            user_agent: "the tests".to_owned(),
            data: String::new(),
            expires_at: self.service.now() + Duration::from_hours(1),
            credentials_version: login.credentials_version,
        };
        session::create(&self.service, &secret, session).await.unwrap();
        let devices = device::remember(&self.anonymous(), login).await.unwrap().unwrap();
        let browser = Browser { session: Some(secret.clone()), devices: device::secrets(&devices) };
        (secret, self.request(Actor::User(person.user)).with_browser(browser))
    }

    /// Whether a browser is still signed in.
    pub async fn is_signed_in(&self, session: &Secret) -> bool {
        session::get(&self.service, session).await.unwrap().is_some()
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> service::Result<SignInOutcome> {
        let form = SignIn { email: email.to_owned(), password: Password::new(password), then: String::new() };
        user::sign_in(&self.anonymous(), form).await
    }

    pub async fn signs_in(&self, email: &str, password: &str) -> bool {
        self.sign_in(email, password).await.is_ok()
    }

    /// Delivers, and gives the subjects of the letters to an address, the newest first.
    pub async fn subjects(&self, email: &str) -> Vec<String> {
        self.deliver().await;
        let letters = self.service.mailer().local_letters().unwrap();
        letters.into_iter().filter(|letter| letter.to == email).map(|letter| letter.subject).collect()
    }
}
