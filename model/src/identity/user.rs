use crate::{Account, Country, FieldErrors, Form, Moment, OrganisationId, Password};
use serde::{Deserialize, Serialize};

id! {
    /// A person with a login.
    UserId
}

id! {
    /// A sign-up that waits for its address to be confirmed.
    SignUpId
}

/// Asks for a login and an organisation of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    pub first_name: String,
    pub last_name: String,
    pub organisation: String,
    pub email: String,
    pub password: Password,
}

impl Form for SignUp {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("first_name", &mut self.first_name);
        errors.name("last_name", &mut self.last_name);
        errors.name("organisation", &mut self.organisation);
        errors.email("email", &mut self.email);
        self.password.check_new("password", errors);
    }
}

/// What the link in the letter of a sign-up opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSignUp {
    pub email: String,
    pub organisation: String,
    pub expires: Moment,
    /// Whether it is opened in the browser that signed up: elsewhere the password is asked for.
    pub same_browser: bool,
    /// Whether a login with a confirmed address has this one already.
    pub known: bool,
    /// Whether a login has this address that nobody has confirmed.
    pub unconfirmed: bool,
}

/// Confirms the address of a sign-up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmSignUp {
    pub secret: String,
    /// That of the sign-up, or of the existing login. Empty in the browser that signed up.
    #[serde(default)]
    pub password: Password,
    /// Keeps the login that has the address without having confirmed it, instead of making a new one.
    #[serde(default)]
    pub existing: bool,
}

impl Form for ConfirmSignUp {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.password.check_length("password", errors);
        if self.existing {
            self.password.check_typed("password", errors);
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    pub email: String,
    pub password: Password,
    /// The page to go to afterwards: a path of this site.
    #[serde(default)]
    pub then: String,
}

impl Form for SignIn {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.email("email", &mut self.email);
        self.password.check_typed("password", errors);
        if !is_local_path(&self.then) {
            self.then.clear();
        }
    }
}

/// Whether a path leads to a page of this site and nowhere else. One of more than 2,000 characters leads to none.
pub fn is_local_path(path: &str) -> bool {
    path.len() <= 2_000
        && path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}

/// Who is signed in, and where they may go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub id: UserId,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// Whether the address was shown to be theirs.
    pub confirmed: bool,
    /// Where they are, which is where new addresses begin.
    pub country: Country,
    /// The first of the accounts that are open to them in each organisation, parents before children.
    pub accounts: Vec<Account>,
    /// Organisations in which more is open to them than stands here.
    pub more_in: Vec<OrganisationId>,
    /// Whether they may found an organisation here.
    pub may_found: bool,
}

impl Profile {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Up to two letters that stand for a name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    words.next().into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}
