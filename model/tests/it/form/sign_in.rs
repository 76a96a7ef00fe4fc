use super::{CONTROLS, fault};
use model::{AcceptInvitation, ConfirmIdentity, Form, Password, SignIn, SignUp, is_local_path, limit};
use proptest::prelude::*;

fn sign_in(then: &str) -> SignIn {
    SignIn { email: "ana@example.com".to_owned(), password: Password::new("x"), then: then.to_owned() }
}

#[test]
fn the_way_back_leads_to_this_site() {
    for path in ["/", "/accounts/1/members?role=admin", "/a#b"] {
        assert!(is_local_path(path), "{path}");
        assert_eq!(sign_in(path).validated().unwrap().then, path);
    }
    let elsewhere = [
        "",
        "evil",
        "//evil",
        "///evil",
        "/\\evil",
        "\\/evil",
        "https://evil",
        "HTTPS://evil",
        "javascript:alert(1)",
        " //evil",
        "/\t/evil",
        "/\n/evil",
        "\t//evil",
        "/a\r\nSet-Cookie: a=b",
        "/é",
        "/ evil",
        "data:text/html,x",
    ];
    for path in elsewhere {
        assert!(!is_local_path(path), "{path:?}");
        assert_eq!(sign_in(path).validated().unwrap().then, "", "{path:?}");
    }
}

#[test]
fn signing_in_asks_for_both_and_for_no_rules() {
    assert!(fault(SignIn { email: String::new(), ..sign_in("/") }, "email").is_some());
    assert!(fault(SignIn { password: Password::new(""), ..sign_in("/") }, "password").is_some());
    assert!(
        fault(SignIn { password: Password::new("x".repeat(limit::PASSWORD + 1)), ..sign_in("/") }, "password")
            .is_some()
    );
    assert!(sign_in("/").validated().is_ok());
}

#[test]
fn names_are_lines() {
    let form = |name: &str| SignUp {
        first_name: name.to_owned(),
        last_name: "Ruiz".to_owned(),
        organisation: "Acme".to_owned(),
        email: "ana@example.com".to_owned(),
        password: Password::new("Quiet-Otter-42"),
    };
    for text in CONTROLS {
        assert!(fault(form(text), "first_name").is_some(), "{text:?}");
    }
    assert_eq!(fault(form(" \t"), "first_name").unwrap(), "Required.");
    assert!(fault(form(&"n".repeat(limit::NAME + 1)), "first_name").is_some());
    assert_eq!(form(&format!(" {} ", "é".repeat(limit::NAME))).validated().unwrap().first_name.chars().count(), 100);
}

#[test]
fn who_is_new_fills_in_more() {
    let mut form = AcceptInvitation { password: Password::new("short"), ..AcceptInvitation::default() };
    let mut errors = model::FieldErrors::default();
    form.check(&mut errors);
    assert!(errors.is_empty(), "somebody known gives a password and nothing else");
    form.check_new(&mut errors);
    for field in ["first_name", "last_name", "password"] {
        assert!(errors.get(field).is_some(), "{field}");
    }
}

#[test]
fn a_code_may_be_left_out_and_is_read_as_it_is_written_down() {
    let code = |code: &str| {
        ConfirmIdentity { password: Password::new("x"), code: code.to_owned(), ..ConfirmIdentity::default() }
            .validated()
    };
    assert_eq!(code("").unwrap().code, "");
    assert_eq!(code(" ABCDE-fgh23 ").unwrap().code, "abcdefgh23");
    assert!(code(&"a".repeat(limit::NAME + 1)).is_err());
    assert!(ConfirmIdentity::default().validated().is_ok(), "a recent proof may do");
}

proptest! {
    #[test]
    fn a_local_path_never_names_another_host(path in "[/\\\\a-z:.\\t ]{0,12}") {
        if is_local_path(&path) {
            prop_assert!(path.starts_with('/') && !path[1..].starts_with(['/', '\\']));
        }
    }
}
