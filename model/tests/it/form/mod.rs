mod campaign;
mod contact;
mod email;
mod invitation;
mod organisation;
mod password;
mod profile;
mod region;
mod sign_in;

use model::{FieldErrors, Form};

/// What is wrong with the field of a form, if anything is.
fn fault<F: Form>(form: F, field: &str) -> Option<String> {
    form.validated().err().and_then(|errors: FieldErrors| errors.get(field).map(crate::support::en))
}

/// Texts that no line may hold.
const CONTROLS: [&str; 5] = ["a\nb", "a\rb", "a\0b", "a\u{1b}[31mb", "a\u{85}b"];
