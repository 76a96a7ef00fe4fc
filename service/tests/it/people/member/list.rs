use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{
    Cursor, Member, MemberAct, MemberFilter, MemberSelection, MemberSort, MemberStatus, Page, Permission, Problem,
    Refusal, Role, Total, limit,
};
use service::member;
use std::time::Duration;

on_both_databases!(
    paged,
    removed_page_by_page,
    sorted,
    the_other_way_round,
    two_factor_is_for_those_who_may_change_members,
    last_seen,
    cursor_of_an_attacker,
    searched,
    searched_in_other_alphabets,
    filtered,
    within_an_account,
    counted,
    counted_anew,
    refused
);

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
    while let Some(cursor) = pages[pages.len() - 1].older.clone() {
        pages.push(list(&app, MemberFilter { cursor: Some(cursor), ..MemberFilter::default() }).await);
    }
    for page in &pages {
        assert_eq!((page.total.rows(), page.before), (Some(230), seen.len() as u64));
        seen.extend(names(page).into_iter().map(str::to_owned));
    }
    assert_eq!(seen, expected, "the longest-standing first, each once");
    assert_eq!(en(pages[2].caption()), "201 to 230 of 230");
    // And back again.
    for position in [1, 0] {
        let cursor = pages[position + 1].newer.clone();
        let page = list(&app, MemberFilter { cursor, ..MemberFilter::default() }).await;
        assert_eq!(names(&page), names(&pages[position]));
        assert_eq!((page.before, page.older), (pages[position].before, pages[position].older.clone()));
    }
    assert_eq!(pages[0].newer, None);
}

/// Whoever removes members page by page comes by every one of them.
async fn removed_page_by_page(on: Kind) {
    for sort in [MemberSort::Joined, MemberSort::Name] {
        let app = App::new(on).await;
        app.crowd(229).await;
        let (mut seen, mut cursor) = (0, None);
        loop {
            let page = list(&app, MemberFilter { sort, cursor, ..MemberFilter::default() }).await;
            let selection = MemberSelection::Members(page.rows.iter().map(|member| member.id).collect());
            member::change_many(&app.owner().ctx, app.account, selection, MemberAct::Remove).await.unwrap();
            seen += page.rows.len();
            cursor = page.older;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, 230, "{sort:?}");
        assert_eq!(names(&list(&app, MemberFilter::default()).await), ["Olga Owens"], "{sort:?}");
    }
}

async fn sorted(on: Kind) {
    let app = App::new(on).await;
    app.crowd(150).await;
    let (viewer, admin) = (app.viewer().await, app.admin().await);
    let (member, custom) = (app.member().await, app.custom("contact").await);
    let form = model::RoleForm { name: "Marketing".to_owned(), like: None };
    let role = service::role::create(&app.owner().ctx, app.account, form).await.unwrap();
    let named = app.join(app.account, Role::Named(role)).await;
    let all = async |sort| {
        let filter = |cursor| MemberFilter { sort, cursor, ..MemberFilter::default() };
        let first = list(&app, filter(None)).await;
        let second = list(&app, filter(first.older.clone())).await;
        assert_eq!((first.rows.len(), second.rows.len(), second.older.clone()), (100, 56, None));
        let back = list(&app, filter(second.newer.clone())).await;
        assert_eq!(names(&back), names(&first), "and back again");
        [first.rows.as_slice(), second.rows.as_slice()].concat()
    };
    let by_name: Vec<_> = all(MemberSort::Name).await.into_iter().map(|row| row.name).collect();
    let mut expected = by_name.clone();
    expected.sort_by_key(|name| name.to_lowercase());
    assert_eq!(by_name, expected);
    assert_eq!((&*by_name[0], &*by_name[6], &*by_name[7]), ("Ana Ruiz", "Person 0", "Person 1"));
    let by_role: Vec<_> = all(MemberSort::Role).await.into_iter().map(|row| row.id).collect();
    assert_eq!(by_role[..3], [app.owner().member, admin.member, member.member]);
    assert_eq!(by_role[154..], [custom.member, named.member]);
    assert!(by_role[3..154].contains(&viewer.member));
    // A cursor of one order says nothing in another.
    let sort = |sort, cursor: &str| MemberFilter { sort, cursor: cursor.parse().ok(), ..MemberFilter::default() };
    let (number, text) = (format!("o.5.12.{}", uuid::Uuid::nil()), format!("o.5._616e61.{}", uuid::Uuid::nil()));
    for filter in [sort(MemberSort::Name, &number), sort(MemberSort::Role, &text), sort(MemberSort::Joined, &text)] {
        assert!(filter.cursor.is_some());
        assert_eq!(problem(member::list(&app.owner().ctx, app.account, filter).await), Problem::Malformed);
    }
}

async fn the_other_way_round(on: Kind) {
    let app = App::new(on).await;
    app.crowd(150).await;
    for sort in MemberSort::ALL {
        let all = async |descending| {
            let filter = |cursor| MemberFilter { sort, descending, cursor, ..MemberFilter::default() };
            let first = list(&app, filter(None)).await;
            let second = list(&app, filter(first.older.clone())).await;
            let back = list(&app, filter(second.newer.clone())).await;
            assert_eq!(names(&back), names(&first), "{sort:?}, and back again");
            let ids = |page: &Page<Member>| page.rows.iter().map(|row| row.id).collect::<Vec<_>>();
            [ids(&first), ids(&second)].concat()
        };
        let mut turned = all(true).await;
        turned.reverse();
        assert_eq!(turned, all(false).await, "{sort:?}");
        assert_eq!(turned.len(), 151);
    }
}

async fn two_factor_is_for_those_who_may_change_members(on: Kind) {
    let app = App::new(on).await;
    let (viewer, lead) = (app.viewer().await, app.custom("member.read member.update").await);
    let (creator, owner) = (app.admin().await, app.owner());
    let (reader, program) =
        (app.key(&creator, "member.read").await, app.key(&creator, "member.read member.update").await);
    let without = MemberFilter { second_factor: Some(false), ..MemberFilter::default() };
    for (ctx, may_know) in
        [(&viewer.ctx, false), (&reader.ctx, false), (&lead.ctx, true), (&program.ctx, true), (&owner.ctx, true)]
    {
        let known = may_know.then_some(false);
        let page = member::list(ctx, app.account, MemberFilter::default()).await.unwrap();
        assert!(page.rows.iter().all(|row| row.second_factor == known));
        assert_eq!(member::get(ctx, app.account, owner.member).await.unwrap().member.second_factor, known);
        match member::list(ctx, app.account, without.clone()).await {
            Ok(page) => assert!(may_know && page.rows.len() == 4),
            refused => {
                assert!(!may_know);
                assert_eq!(problem(refused), Problem::Refused(Refusal::Permission(Permission::MemberUpdate)));
            }
        }
    }
}

async fn last_seen(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let seen = async || {
        let page = list(&app, MemberFilter::default()).await;
        let row = page.rows.iter().find(|row| row.id == owner.member).unwrap();
        let drawer = member::get(&owner.ctx, app.account, owner.member).await.unwrap().member;
        assert_eq!(drawer.last_seen, row.last_seen);
        row.last_seen.clone().map(|moment| moment.at)
    };
    assert_eq!(seen().await, None, "never");
    let secret = service::Secret::from_client("cookie");
    let session = service::session::Session {
        user: Some(owner.user),
        ip: "198.51.100.1".to_owned(),
        user_agent: "the tests".to_owned(),
        data: String::new(),
        expires_at: app.service.now() + Duration::from_hours(1),
        credentials_version: 0,
    };
    service::session::create(&app.service, &secret, session).await.unwrap();
    assert!(service::session::get(&app.service, &secret).await.unwrap().is_some());
    assert_eq!(seen().await, None, "looking after a session is no use of it");
    assert!(service::session::get_and_touch(&app.service, &secret).await.unwrap().is_some());
    let first = seen().await;
    assert!(first.is_some());
    app.move_clock(Duration::from_mins(1));
    service::session::get_and_touch(&app.service, &secret).await.unwrap();
    assert_eq!(seen().await, first, "to some minutes");
    app.move_clock(Duration::from_mins(5));
    service::session::get_and_touch(&app.service, &secret).await.unwrap();
    let second = seen().await;
    assert!(second > first);
    service::session::delete(&app.service, &secret).await.unwrap();
    assert_eq!(seen().await, second, "also of somebody who signed out");
    let viewer = app.viewer().await;
    let shown = member::list(&viewer.ctx, app.account, MemberFilter::default()).await.unwrap();
    assert!(shown.rows.iter().all(|row| row.last_seen.is_none()), "for those who manage people alone");
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
        let total = if page.rows.is_empty() { Total::NONE } else { Total::counted(1) };
        assert!(page.rows.len() <= 1 && page.total == total, "{text}");
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
    let ids = async |filter| list(&app, filter).await.rows.iter().map(|member| member.id).collect::<Vec<_>>();
    let role = |role| MemberFilter { role: Some(role), ..MemberFilter::default() };
    assert_eq!(ids(role(Role::Owner)).await, [app.owner().member]);
    assert_eq!(ids(role(Role::Admin)).await, [admin.member], "the owner is no Admin");
    assert_eq!(ids(role(Role::Custom)).await, [custom.member]);
    assert!(ids(role(Role::Member)).await.is_empty());
    let status = |status| MemberFilter { status: Some(status), ..MemberFilter::default() };
    assert_eq!(ids(status(MemberStatus::Suspended)).await, [viewer.member]);
    assert_eq!(ids(status(MemberStatus::Active)).await, [app.owner().member, admin.member, custom.member]);
}

async fn within_an_account(on: Kind) {
    let app = App::new(on).await;
    let west = app.account_below(app.account, "West").await;
    let (east, town) = (app.account_below(app.account, "East").await, app.account_below(west, "Cape Town").await);
    let (wes, eve) = (app.join(west, Role::Admin).await, app.join(east, Role::Viewer).await);
    let tom = app.join(town, Role::Viewer).await;
    let within = |account| MemberFilter { within: Some(account), ..MemberFilter::default() };
    let ids = async |filter| list(&app, filter).await.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(within(west)).await, [wes.member, tom.member], "and those below it");
    assert_eq!(ids(within(town)).await, [tom.member]);
    assert_eq!(ids(within(app.account)).await.len(), 4);
    let both = MemberFilter { role: Some(Role::Viewer), search: "ana".to_owned(), ..within(west) };
    assert_eq!(ids(both.clone()).await, [tom.member]);
    let stranger = app.stranger().await;
    for (by, here, there) in
        [(&wes, west, east), (&wes, west, app.account), (&stranger, stranger.account, west), (&tom, town, west)]
    {
        assert_eq!(problem(member::list(&by.ctx, here, within(there)).await), Problem::NotFound);
    }
    let choices = member::accounts(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(choices.iter().map(|choice| &*choice.name).collect::<Vec<_>>(), ["East", "West", "Cape Town"]);
    let choices = member::accounts(&wes.ctx, west).await.unwrap();
    assert_eq!(choices.iter().map(|choice| choice.id).collect::<Vec<_>>(), [town]);
    // All that match, and nobody else.
    let selection = MemberSelection::Matching(MemberFilter { sort: MemberSort::Name, ..within(west) });
    let told = member::change_many(&app.owner().ctx, app.account, selection, MemberAct::Suspend).await.unwrap();
    assert_eq!((told.changed, told.refused), (2, 0));
    assert_eq!(ids(MemberFilter { status: Some(MemberStatus::Active), ..MemberFilter::default() }).await.len(), 2);
    let selection = MemberSelection::Matching(within(app.account));
    let beyond = member::preview_many(&wes.ctx, west, selection, MemberAct::Remove).await;
    assert!(beyond.is_err(), "{} is suspended, and sees nothing above", eve.email);
}

async fn counted_anew(on: Kind) {
    let app = App::new(on).await;
    app.crowd(150).await;
    let search = |cursor| MemberFilter { search: "person".to_owned(), cursor, ..MemberFilter::default() };
    let first = list(&app, search(None)).await;
    assert_eq!(first.total, 150);
    member::remove(&app.owner().ctx, app.account, first.rows[0].id).await.unwrap();
    assert_eq!(list(&app, search(first.older)).await.total, 149, "what is kept holds until somebody goes");
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
