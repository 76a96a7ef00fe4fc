use crate::{Account, FieldErrors, Form, OrganisationId, Password, UserId};
use serde::{Deserialize, Serialize};

/// Founds an organisation and makes its owner.
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

/// Whether a path leads to a page of this site and nowhere else.
pub fn is_local_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}

/// Who is signed in, and where they may go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub id: UserId,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
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
