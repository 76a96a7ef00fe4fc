//! The access explorer's pages, and the sorted members, as they read without the page's code.

use crate::support::{App, Kind, PageForm, fields, on_both_databases};
use axum::http::StatusCode;
use model::{MemberAccess, Permission, Role};

on_both_databases!(pages, taken_away, sorted);

/// The text of a page, without its marks.
fn text(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('>').map_or("", |(_, rest)| rest)).replace("&#x27;", "'")
}

async fn pages(on: Kind) {
    let app = App::new(on).await;
    let (owner, member) = (app.owner().clone(), app.join(Role::Member).await);
    let page = |path: &str| format!("/accounts/{}/{path}", owner.account);
    let front = text(&owner.browser.get(&page("access")).await.body);
    for told in ["2 people can do this in Acme.", "Role Member in Acme", "Not used by anyone in 90 days"] {
        assert!(front.contains(told), "{told}");
    }
    let front = text(&member.browser.get(&page("access?permission=role.manage")).await.body);
    assert!(front.contains("1 person can do this in Acme.") && front.contains("Owner of the organisation"));
    assert!(!front.contains("Not used by anyone"), "who may not read the log is not told what it shows");
    let drawer = owner.browser.get(&page(&format!("access/{}?role=viewer", member.member))).await;
    let drawer = text(&drawer.body);
    for told in [
        "What Ana Ruiz can do in Acme",
        "None of Ana's roles include it.",
        "Gained: Roles: Read",
        "Assign it in the member's details",
        "Page views aren't counted, only changes and reads of personal details.",
        "Ana joined",
    ] {
        assert!(drawer.contains(told), "{told}");
    }
    let drawer = member.browser.get(&page(&format!("access/{}?role=viewer", owner.member))).await;
    let drawer = text(&drawer.body);
    assert!(drawer.contains("Owner of the organisation") && !drawer.contains("Not used in 90 days"));
}

async fn taken_away(on: Kind) {
    let app = App::new(on).await;
    let (owner, member) = (app.owner().clone(), app.join(Role::Member).await);
    let page = format!("/accounts/{}/access/{}", owner.account, member.member);
    let form = PageForm::on(&owner.browser.get(&page).await.body, "take_unused");
    let answer = owner.browser.post(&page, &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*page));
    let asked = fields(&[("account", &owner.account.to_string()), ("member", &member.member.to_string())]);
    let left: MemberAccess = owner.browser.call("get_member_access", &asked).await.json();
    assert_eq!(left.role, Role::Custom);
    assert!(left.held.contains(Permission::MemberRead) && !left.held.contains(Permission::ContactCreate));
    assert!(text(&owner.browser.get(&page).await.body).contains("No unused permissions."));
}

async fn sorted(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    app.join(Role::Viewer).await;
    let first = async |query: &str| {
        let page = owner.browser.get(&format!("/accounts/{}/members{query}", owner.account)).await;
        let rows = page.body.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
        if rows.find("Ana Ruiz").unwrap() < rows.find("Olga Owens").unwrap() { "Ana" } else { "Olga" }
    };
    assert_eq!(first("?sort=name").await, "Ana");
    assert_eq!(first("?sort=role").await, "Olga");
    let (ctx, form) = (app.context(owner.user), model::AccountForm { name: "Cape Town".to_owned() });
    let below = service::account::create(&ctx, owner.account, form).await.unwrap();
    let page = owner.browser.get(&format!("/accounts/{}/members?in={below}", owner.account)).await;
    assert!(page.body.contains("No members match.") && text(&page.body).contains("Account: Cape Town"));
    let above = owner.browser.get(&format!("/accounts/{below}/members?status=above")).await;
    let rows = above.body.split("<tbody>").nth(1).unwrap();
    assert!(text(&above.body).contains("Inherited from") && text(rows).contains("Acme"));
}
