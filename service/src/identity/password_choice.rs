//! What is no choice for a password, however it is written: what guessers try first, and what they know of a person. The
//! rules that everybody sees while typing are [`model::PasswordRule`].

use crate::entity::user;
use model::{FieldErrors, Password, PasswordFault, text::fold};
use zxcvbn::matching::patterns::MatchPattern;

/// As many passwords, from the most common on, are no choice. The lists of `zxcvbn` keep each word in the one where it
/// is most common, so all of them count: passwords, words and names.
const COMMON: u64 = 10_000;
/// No entry of the lists is longer; the time that `zxcvbn` takes grows with the square.
const LONGEST_COMMON: usize = 32;
/// Shorter parts of a name or an address are in many passwords by chance.
const SHORTEST_OWN: usize = 4;

/// Whose password it is going to be.
pub(crate) struct Person<'a> {
    pub email: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
}

impl<'a> Person<'a> {
    pub fn of(user: &'a user::Model) -> Self {
        Self { email: &user.email, first_name: &user.first_name, last_name: &user.last_name }
    }

    /// What everybody knows who knows them: their names, and the parts of their address but for the domain's ending.
    fn known_words(&self) -> Vec<String> {
        let (local, domain) = self.email.rsplit_once('@').unwrap_or((self.email, ""));
        let labels = domain.rsplit_once('.').map_or("", |(labels, _)| labels);
        let full_name = format!("{}{}", self.first_name, self.last_name);
        let parts = [self.first_name, self.last_name, local, labels].map(words).concat();
        parts.into_iter().chain([fold(&full_name), fold(local)]).filter(|word| is_long(word)).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).map(ToOwned::to_owned).collect()
}

fn is_long(word: &str) -> bool {
    word.chars().count() >= SHORTEST_OWN
}

/// Notes in `field` why this person should choose another password.
///
/// # Errors
/// [`PasswordFault::Common`]; [`PasswordFault::OwnDetails`].
pub(crate) fn check(field: &'static str, password: &Password, person: &Person<'_>) -> Result<(), FieldErrors> {
    let fault = if is_common(password.reveal()) {
        PasswordFault::Common
    } else if contains_own(password.reveal(), person) {
        PasswordFault::OwnDetails
    } else {
        return Ok(());
    };
    Err(FieldErrors::one(field, fault))
}

fn contains_own(password: &str, person: &Person<'_>) -> bool {
    let password = fold(password);
    person.known_words().iter().any(|word| password.contains(word))
}

/// Whether it is one of the most common, with or without the digits and symbols at its end.
fn is_common(password: &str) -> bool {
    let password = password.to_lowercase();
    let without_symbols = password.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = password.trim_end_matches(|c: char| !c.is_alphabetic());
    [&*password, without_symbols, bare].into_iter().any(is_among_common)
}

/// Whether it is guessed as a whole, no later than the last of the common ones. `zxcvbn` counts one try more than the
/// rank; what it would find by trying all letters is not common, however short.
fn is_among_common(text: &str) -> bool {
    if !text.is_ascii() || !(SHORTEST_OWN..=LONGEST_COMMON).contains(&text.len()) {
        return false;
    }
    let guessed = zxcvbn::zxcvbn(text, &[]);
    let [whole] = guessed.sequence() else { return false };
    whole.pattern != MatchPattern::BruteForce && guessed.guesses() <= COMMON + 1
}

#[cfg(test)]
mod tests {
    use super::{Person, contains_own, is_common};

    #[test]
    fn the_most_common_are_refused_however_they_are_dressed_up() {
        let common = [
            "password",
            "Password123!",
            "PASSWORD_2026!!",
            "P@ssw0rd2026!",
            "Qwertyuiop1!",
            "Iloveyou2026!",
            "Trustno1!!!!",
            "Abc123!!!!!!",
            "Administrator1!",
            "Michael-1987",
            "aaaaaaaaaaaA1!",
        ];
        for password in common {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn others_are_not() {
        let uncommon = [
            "Quiet-Otter-42",
            "Correct-horse-7",
            "Demo-password-1",
            "Kl$8293746152",
            "Xq7$92847561!",
            "Grüße-aus-Köln-1",
            "パスワードAa1!パス",
            &"Two quiet otters, 42 loud badgers. ".repeat(7),
        ];
        for password in uncommon {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn ones_own_name_and_address_are_refused() {
        let person = Person { email: "t.dlamini+work@northwind.co.za", first_name: "Thandi", last_name: "Ng Dlamini" };
        for own in ["xx-THANDI-42", "Dlamini!2026x", "My-Northwind-1", "thanding dlamini", "for-Work-only-1"] {
            assert!(contains_own(own, &person), "{own}");
        }
        for other in ["Ng-Otter-42!!", "Quiet-Otter-42", "co-za-Otter-42"] {
            assert!(!contains_own(other, &person), "{other}");
        }
        let person = Person { email: "zoë@straße.example", first_name: "ZOË", last_name: "Åström" };
        for own in ["my-STRASSE-42", "ÅSTRÖM-Otter-1", "zoëåström-1A!"] {
            assert!(contains_own(own, &person), "{own}");
        }
    }
}
