use crate::support::{App, Kind, on_both_databases, problem};
use model::{Cursor, Member, MemberFilter, MemberStatus, Page, Permission, Problem, Refusal, Role, limit};
use service::member;

on_both_databases!(paged, cursor_of_an_attacker, searched, searched_in_other_alphabets, filtered, counted, refused);

async fn list(app: &App, filter: MemberFilter) -> Page<Member> {
    member::list(&app.owner().ctx, app.account, filter).await.unwrap()
}

fn names(page: &Page<Member>) -> Vec<&str> {
    page.rows.iter().map(|member| member.name.as_str()).collect()
}

async fn paged(on: Kind) {
    let app = App::new(on).await;
    app.crowd(229).await;
    let mut expected = vec!["Olga Owens".to_owned()];
    expected.extend((0..229).map(|number| format!("Person {number}")));
    let mut seen: Vec<String> = Vec::new();
    let mut pages = vec![list(&app, MemberFilter::default()).await];
    while let Some(cursor) = pages[pages.len() - 1].older {
        pages.push(list(&app, MemberFilter { cursor: Some(cursor), ..MemberFilter::default() }).await);
    }
    for page in &pages {
        assert_eq!((page.total, page.before), (230, seen.len() as u64));
        seen.extend(names(page).into_iter().map(str::to_owned));
    }
    assert_eq!(seen, expected, "the longest-standing first, each once");
    assert_eq!(pages[2].caption(), "201 to 230 of 230");
    // And back again.
    for position in [1, 0] {
        let cursor = pages[position + 1].newer;
        let page = list(&app, MemberFilter { cursor, ..MemberFilter::default() }).await;
        assert_eq!(names(&page), names(&pages[position]));
        assert_eq!((page.before, page.older), (pages[position].before, pages[position].older));
    }
    assert_eq!(pages[0].newer, None);
}

async fn cursor_of_an_attacker(on: Kind) {
    let app = App::new(on).await;
    let nil = uuid::Uuid::nil();
    for text in [
        format!("o.{}.0.{nil}", u64::MAX),
        format!("n.{}.0.{nil}", u64::MAX),
        format!("o.0.{}.{nil}", i64::MIN),
        format!("n.1.{}.{nil}", i64::MAX),
    ] {
        let cursor: Cursor = text.parse().unwrap();
        let page = list(&app, MemberFilter { cursor: Some(cursor), ..MemberFilter::default() }).await;
        assert!(page.rows.len() <= 1 && page.total == 1, "{text}");
    }
}

async fn searched(on: Kind) {
    let app = App::new(on).await;
    app.crowd(12).await;
    let search = async |text: &str| {
        let filter = MemberFilter { search: text.to_owned(), ..MemberFilter::default() };
        names(&list(&app, filter).await).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(search(" PERSON 11 ").await, ["Person 11"]);
    assert_eq!(search("son 1").await, ["Person 1", "Person 10", "Person 11"]);
    assert_eq!(search("PERSON7@EXAMPLE").await, ["Person 7"]);
    assert_eq!(search("olga owens").await, ["Olga Owens"]);
    for text in ["%", "_", "\\", "100%", "Person_1", "' OR 1=1 --", "nobody"] {
        assert!(search(text).await.is_empty(), "{text:?} stands for itself");
    }
}

async fn searched_in_other_alphabets(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "eva@example.com", Role::Viewer).await;
    let form = model::AcceptInvitation {
        first_name: "Éva".to_owned(),
        last_name: "Иванова".to_owned(),
        ..crate::support::accept_form(&secret)
    };
    service::invitation::accept(&app.anonymous(), form).await.unwrap();
    for text in ["Éva", "éva", "ÉVA", "Иванова", "иванова", "éva иванова", "ивано"] {
        let page = list(&app, MemberFilter { search: text.to_owned(), ..MemberFilter::default() }).await;
        assert_eq!(names(&page), ["Éva Иванова"], "{text}");
    }
}

async fn filtered(on: Kind) {
    let app = App::new(on).await;
    let (admin, viewer, custom) = (app.admin().await, app.viewer().await, app.custom("contact").await);
    member::suspend(&app.owner().ctx, app.account, viewer.member).await.unwrap();
    let ids = async |filter| list(&app, filter).await.rows.into_iter().map(|member| member.id).collect::<Vec<_>>();
    let role = |role| MemberFilter { role: Some(role), ..MemberFilter::default() };
    assert_eq!(ids(role(Role::Owner)).await, [app.owner().member]);
    assert_eq!(ids(role(Role::Admin)).await, [admin.member], "the owner is no Admin");
    assert_eq!(ids(role(Role::Custom)).await, [custom.member]);
    assert!(ids(role(Role::Member)).await.is_empty());
    let status = |status| MemberFilter { status: Some(status), ..MemberFilter::default() };
    assert_eq!(ids(status(MemberStatus::Suspended)).await, [viewer.member]);
    assert_eq!(ids(status(MemberStatus::Active)).await, [app.owner().member, admin.member, custom.member]);
}

async fn counted(on: Kind) {
    let app = App::new(on).await;
    let (member, viewer) = (app.member().await, app.viewer().await);
    app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Viewer).await;
    member::suspend(&app.owner().ctx, app.account, member.member).await.unwrap();
    let counts = member::counts(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!((counts.active, counts.suspended, counts.invited), (2, 1, 1));
    let counts = member::counts(&viewer.ctx, app.account).await.unwrap();
    assert_eq!(counts.invited, 0, "who may not invite is not told who is invited");
}

async fn refused(on: Kind) {
    let app = App::new(on).await;
    let nobody = app.custom("contact").await;
    let refused = Problem::Refused(Refusal::Permission(Permission::MemberRead));
    assert_eq!(problem(member::list(&nobody.ctx, app.account, MemberFilter::default()).await), refused);
    assert_eq!(problem(member::counts(&nobody.ctx, app.account).await), refused);
    assert_eq!(problem(member::get(&nobody.ctx, app.account, nobody.member).await), refused);
    for search in ["x".repeat(limit::SEARCH + 1), "a\0b".to_owned(), "a\nb".to_owned()] {
        let filter = MemberFilter { search, ..MemberFilter::default() };
        assert_eq!(problem(member::list(&app.owner().ctx, app.account, filter).await), Problem::Malformed);
    }
}
