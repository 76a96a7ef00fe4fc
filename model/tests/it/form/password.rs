use super::fault;
use model::{ChangePassword, Form, Password, PasswordRule, ResetPassword, SignUp, limit};
use proptest::prelude::*;

fn sign_up(password: &str) -> SignUp {
    SignUp {
        first_name: "Ana".to_owned(),
        last_name: "Ruiz".to_owned(),
        organisation: "Acme".to_owned(),
        email: "ana@example.com".to_owned(),
        password: Password::new(password),
    }
}

#[test]
fn every_rule_is_asked_for() {
    assert_eq!(fault(sign_up("Quiet-Otter-42"), "password"), None);
    for (password, missing) in [
        ("Aa1-56789", "10 characters"),
        ("QUIET-OTTER-42", "a lower-case letter"),
        ("quiet-otter-42", "an upper-case letter"),
        ("Quiet-Otter-xy", "a number"),
        ("QuietOtter42", "a special character"),
        ("", "10 characters"),
    ] {
        assert_eq!(fault(sign_up(password), "password").unwrap(), format!("The password needs {missing}."));
    }
}

#[test]
fn a_password_has_an_end() {
    let long = |length: usize| format!("Aa1-{}", "x".repeat(length - 4));
    assert_eq!(fault(sign_up(&long(limit::PASSWORD)), "password"), None);
    assert!(fault(sign_up(&long(limit::PASSWORD + 1)), "password").is_some());
}

#[test]
fn length_is_counted_in_characters_not_bytes() {
    assert!(fault(sign_up("Éé1-ééé"), "password").is_some());
    assert_eq!(fault(sign_up("Éé1-éééééé"), "password"), None);
}

#[test]
fn a_control_character_is_not_special() {
    assert!(!PasswordRule::Special.holds("a\0b\n"));
}

fn change(now: &str, new: &str, repeated: &str) -> ChangePassword {
    let [password, new_password, repeated_password] = [now, new, repeated].map(Password::new);
    ChangePassword { password, new_password, repeated_password }
}

#[test]
fn a_new_password_is_typed_twice() {
    assert!(change("x", "Quiet-Otter-42", "Quiet-Otter-42").validated().is_ok(), "the current one follows no rules");
    let other = "This isn't the same as the new password.";
    for repeated in ["", "Quiet-Otter-43", "quiet-otter-42", "Quiet-Otter-42 "] {
        assert_eq!(fault(change("x", "Quiet-Otter-42", repeated), "repeated_password").unwrap(), other);
        let [new_password, repeated_password] = ["Quiet-Otter-42", repeated].map(Password::new);
        let reset = ResetPassword { secret: String::new(), new_password, repeated_password };
        assert_eq!(fault(reset, "repeated_password").unwrap(), other);
    }
}

#[test]
fn a_new_password_is_another() {
    assert_eq!(fault(change("", "Quiet-Otter-42", "Quiet-Otter-42"), "password").unwrap(), "Enter your password.");
    let same = fault(change("Quiet-Otter-42", "Quiet-Otter-42", "Quiet-Otter-42"), "new_password");
    assert_eq!(same.unwrap(), "This is your current password. Choose another.");
    assert_eq!(fault(change("", "", ""), "new_password").unwrap(), "The password needs 10 characters.");
}

proptest! {
    #[test]
    fn a_password_is_taken_exactly_when_every_rule_holds(text in "\\PC{0,20}") {
        let all = PasswordRule::ALL.into_iter().all(|rule| rule.holds(&text));
        prop_assert_eq!(fault(sign_up(&text), "password").is_none(), all);
    }

    #[test]
    fn a_password_cannot_be_printed(text in "[0-9]{6,20}") {
        let printed = format!("{:?}", sign_up(&text));
        prop_assert!(!printed.contains(&text));
    }

    #[test]
    fn a_password_is_never_tidied(text in "[ ]{1,3}Quiet-Otter-42[ ]{1,3}") {
        let password = sign_up(&text).validated().unwrap().password;
        prop_assert_eq!(password.reveal(), text);
    }
}
