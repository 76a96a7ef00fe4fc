use super::{CONTROLS, fault};
use model::{Form, UpdateName, limit};

fn name(first: &str, last: &str) -> UpdateName {
    UpdateName { first_name: first.to_owned(), last_name: last.to_owned() }
}

#[test]
fn a_name_is_tidied_and_may_be_of_any_script() {
    for (first, last) in
        [("Nomvula", "Mbeki"), ("José María", "d'Ávila"), ("山田", "太郎"), ("مريم", "حداد"), ("J.R.", "de Vries")]
    {
        let tidied = name(&format!("  {first} "), &format!("{last}  ")).validated().unwrap();
        assert_eq!(tidied, name(first, last));
    }
}

#[test]
fn a_fault_stands_beside_its_half() {
    for bad in CONTROLS.into_iter().chain(["", "  ", "\u{200b}", "Win at evil.example", &"x".repeat(limit::NAME + 1)]) {
        assert!(fault(name(bad, "Ruiz"), "first_name").is_some(), "{bad:?}");
        assert!(fault(name("Ana", bad), "last_name").is_some(), "{bad:?}");
        assert!(fault(name("Ana", bad), "first_name").is_none(), "{bad:?}");
    }
}
