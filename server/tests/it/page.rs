//! Pages, as they come from the server: what is kept from one to the next makes none of them older.

use crate::support::{App, Kind, on_both_databases};
use model::{AccessFilter, Permission, Role};

on_both_databases!(opened_again, personal_details, password_managers, favicon);

async fn opened_again(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let members = format!("/accounts/{}/members", owner.account);
    owner.browser.get(&members).await;
    let ana = app.join(Role::Member).await;
    assert!(owner.browser.get(&members).await.body.contains(&ana.email));
}

/// The log has an entry for each time, and nothing is shown any more once it may not be seen.
async fn personal_details(on: Kind) {
    let app = App::new(on).await;
    let (owner, ana) = (app.owner(), app.join(Role::Member).await);
    app.new_rows("{contact}").await;
    let contacts = format!("/accounts/{}/contacts", owner.account);
    for time in 1..=3 {
        assert!(ana.browser.get(&contacts).await.body.contains("ben@example.com"));
        let filter = AccessFilter { user: Some(ana.user), ..AccessFilter::default() };
        let log = service::access_log::list(&app.context(owner.user), owner.account, filter).await.unwrap();
        let reads = log.rows.iter().filter(|entry| entry.path == "/contacts" && entry.records == 1);
        assert_eq!(reads.count(), time);
    }
    let ctx = app.context(owner.user);
    let personal = Permission::ContactReadPii.path();
    service::member::switch_permission(&ctx, owner.account, ana.member, personal, false).await.unwrap();
    assert!(!ana.browser.get(&contacts).await.body.contains("ben@example.com"));
}

/// Beside every password stands the address that it belongs to, in a field that password managers read.
async fn password_managers(on: Kind) {
    let app = App::new(on).await;
    let (owner, nobody) = (app.owner(), app.browser());
    app.join(Role::Admin).await;
    let guest = app.new_address("guest");
    let invitation = format!("/invitations/{}", app.invite(&guest, Role::Viewer).await);
    let forgetful = app.join(Role::Viewer).await;
    let reset = format!("/password-reset/{}", app.password_reset(&forgetful).await);
    let settings = format!("/accounts/{}/settings", owner.account);
    for (browser, page, email) in [
        (&nobody, "/sign-in", ""),
        (&nobody, "/sign-up", ""),
        (&nobody, &*invitation, &*guest),
        (&nobody, &*reset, &*forgetful.email),
        (&owner.browser, &*settings, &*owner.email),
    ] {
        let html = browser.get(page).await.body;
        let forms = html.split("<form ").skip(1).filter_map(|form| form.split("</form>").next());
        let forms: Vec<_> = forms.filter(|form| form.contains("type=\"password\"")).collect();
        assert!(!forms.is_empty(), "{page}");
        for form in forms {
            let mut inputs = form.split("<input ").skip(1).filter_map(|input| input.split('>').next());
            let username = inputs.find(|input| input.contains("autocomplete=\"username\"")).expect(page);
            assert!(!username.contains("type=\"hidden\""), "{page}: {username}");
            assert!(username.contains(&format!("value=\"{email}\"")), "{page}: {username}");
        }
    }
}

async fn favicon(on: Kind) {
    let app = App::new(on).await;
    let page = app.browser().get("/sign-in").await.body;
    assert!(page.contains("href=\"/favicon.svg\""), "{page}");
    for path in ["/favicon.svg", "/favicon.ico"] {
        let icon = app.browser().get(path).await;
        assert_eq!((icon.status.as_u16(), icon.header("content-type")), (200, "image/svg+xml"), "{path}");
        assert!(icon.body.starts_with("<svg"), "{path}");
    }
}
