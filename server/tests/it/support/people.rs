use super::{App, Browser, fields};
use model::{AccountId, Member, MemberId, Page, Profile, Role, Timestamp, UserId};

pub const PASSWORD: &str = "Quiet-Otter-42";

/// Somebody with a login, signed in with a browser.
#[derive(Clone)]
pub struct Person {
    pub browser: Browser,
    pub email: String,
    pub user: UserId,
    pub member: MemberId,
    /// Where they are a member.
    pub account: AccountId,
}

impl App {
    /// Founds an organisation.
    pub async fn sign_up(&self, organisation: &str) -> Person {
        let email = self.new_address("owner");
        let form = [
            ("form[first_name]", "Olga"),
            ("form[last_name]", "Owens"),
            ("form[organisation]", organisation),
            ("form[email]", &email),
            ("form[password]", PASSWORD),
        ];
        let mut browser = self.browser();
        let answer = browser.call("sign_up", &fields(&form)).await;
        browser.keep(&answer);
        if answer.header("location") == "/sign-up/sent" {
            let secret = self.link(&email, "/sign-up/confirm/").await;
            let answer = browser.call("confirm_sign_up", &fields(&[("form[secret]", &secret)])).await;
            browser.keep(&answer);
        } else {
            self.confirm_founder().await;
        }
        person(browser, email).await
    }

    /// Somebody new who was invited by the owner, and accepted.
    pub async fn join(&self, role: Role) -> Person {
        let email = self.new_address(role.name());
        let secret = self.invite(&email, role).await;
        let form = [
            ("form[secret]", secret.as_str()),
            ("form[first_name]", "Ana"),
            ("form[last_name]", "Ruiz"),
            ("form[password]", PASSWORD),
        ];
        let mut browser = self.browser();
        let answer = browser.call("accept_invitation", &fields(&form)).await;
        browser.keep(&answer);
        let profile: Profile = browser.call("get_profile", &fields(&[])).await.json();
        let owner = self.owner();
        let member = member_with(&owner.browser, owner.account, &email).await;
        Person { browser, email, user: profile.id, member, account: owner.account }
    }

    /// Signed in like the others, and suspended since.
    pub async fn suspended(&self) -> Person {
        let person = self.join(Role::Member).await;
        let owner = self.owner();
        service::member::suspend(&self.context(owner.user), owner.account, person.member).await.unwrap();
        person
    }

    /// Signed in like the others, and removed since.
    pub async fn removed(&self) -> Person {
        let person = self.join(Role::Member).await;
        let owner = self.owner();
        service::member::remove(&self.context(owner.user), owner.account, person.member).await.unwrap();
        person
    }
}

/// Letters with links, and what they take.
impl App {
    /// Asks for a new password, and takes the secret out of the letter.
    pub async fn password_reset(&self, person: &Person) -> String {
        let answer = self.browser().call("ask_password_reset", &fields(&[("form[email]", &person.email)])).await;
        assert_eq!(answer.header("location"), "/forgot-password/sent");
        self.link(&person.email, "/password-reset/").await
    }

    /// Changes somebody's address, and takes the secret that undoes it out of the letter to the one from before.
    pub async fn email_undo(&self, person: &Person, email: &str) -> String {
        let form = fields(&[("form[email]", email), ("form[password]", PASSWORD)]);
        person.browser.call("change_own_email", &form).await;
        let secret = self.link(email, "/email/").await;
        let answer = person.browser.call("confirm_email", &fields(&[("form[secret]", &secret)])).await;
        assert_eq!(answer.header("location"), "/email");
        self.link(&person.email, "/email-undo/").await
    }
}

impl Person {
    /// The same person in another browser.
    pub async fn sign_in(&self, app: &App) -> Browser {
        let mut browser = app.browser();
        let form = fields(&[("form[email]", &self.email), ("form[password]", PASSWORD)]);
        let answer = browser.call("sign_in", &form).await;
        browser.keep(&answer);
        browser
    }
}

/// What an authenticator app with this key shows.
pub fn code_at(key: &str, now: Timestamp) -> String {
    let key = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let seconds = u64::try_from(now.0).unwrap() / 1_000_000;
    totp_rs::Builder::new().with_secret(key).build().unwrap().generate(seconds).to_string()
}

async fn person(browser: Browser, email: String) -> Person {
    let profile: Profile = browser.call("get_profile", &fields(&[])).await.json();
    let account = profile.accounts[0].id;
    let member = member_with(&browser, account, &email).await;
    Person { browser, email, user: profile.id, member, account }
}

async fn member_with(browser: &Browser, account: AccountId, email: &str) -> MemberId {
    let asked = fields(&[("account", &account.to_string()), ("filter[search]", email)]);
    let found: Page<Member> = browser.call("list_members", &asked).await.json();
    found.rows[0].id
}
