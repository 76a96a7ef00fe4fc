//! Every server function and route × who asks → the status.

use crate::support::{App, Browser, Function, Kind, address, function, functions, on_both_databases, pages};
use axum::body::Body;
use model::{PermissionSet, Role};
use server::edge::rest;
use std::fmt::Write;

on_both_databases!(grid);

/// Served beside the pages of the router, with a value for each parameter.
const BESIDES: [&str; 8] = [
    "/live",
    "/outbox",
    "/outbox.json",
    "/outbox/sms.json",
    "/healthz",
    "/readyz",
    "/assets/{file}",
    "/data-export/tenantry-my-data.json",
];

/// What moves the callers themselves, in this order: the first leaves roles to the owner, and after the second nothing is
/// open but the next two.
const LAST: [&str; 6] = [
    "make_policy_safer",
    "delete_organisation",
    "get_deletion",
    "restore_organisation",
    "leave_organisation",
    "create_organisation",
];

struct Caller {
    name: &'static str,
    person: Option<crate::support::Person>,
    /// The secret of a key that may do as much, against the REST API.
    key: Option<String>,
}

impl Caller {
    async fn browser(&self, app: &App, of_its_own: bool) -> Browser {
        match &self.person {
            None => app.browser(),
            Some(person) if of_its_own => person.sign_in(app).await,
            Some(person) => person.browser.clone(),
        }
    }
}

async fn callers(app: &App) -> Vec<Caller> {
    let caller = |name, person, key| Caller { name, person: Some(person), key: Some(key) };
    let (owner, foreign) = (app.owner().clone(), app.sign_up("Globex").await);
    let key = async |role: Role| app.key(&owner, role.permissions(PermissionSet::EMPTY)).await;
    let foreign_key = app.key(&foreign, PermissionSet::ALL).await;
    vec![
        Caller { name: "anonymous", person: None, key: None },
        caller("foreign", foreign, foreign_key),
        caller("suspended", app.suspended().await, app.key_of_suspended().await),
        caller("removed", app.removed().await, app.key_of_removed().await),
        caller("nothing", app.join(Role::Custom).await, key(Role::Custom).await),
        caller("viewer", app.join(Role::Viewer).await, key(Role::Viewer).await),
        caller("member", app.join(Role::Member).await, key(Role::Member).await),
        caller("admin", app.join(Role::Admin).await, key(Role::Admin).await),
        caller("owner", owner.clone(), key(Role::Owner).await),
    ]
}

async fn grid(on: Kind) {
    let app = App::new(on).await;
    let callers = callers(&app).await;
    let mut table = format!("{:<44}", "");
    for caller in &callers {
        write!(table, "{:>11}", caller.name).unwrap();
    }
    for function in functions().iter().filter(|function| !LAST.contains(&function.name)) {
        table += &row(&app, &callers, function).await;
    }
    let ids = app.all_rows().await;
    for route in routes() {
        write!(table, "\n{:<44}", format!("GET {route}")).unwrap();
        for caller in &callers {
            let browser = caller.browser(&app, false).await;
            let request = browser.request("GET", &address(&route, &ids)).header("accept", "text/html");
            let response = browser.start(request.body(Body::empty()).unwrap()).await;
            write!(table, "{:>11}", response.status().as_u16()).unwrap();
        }
    }
    for route in rest::routes() {
        table += &rest_row(&app, &callers, &route).await;
    }
    for last in LAST {
        table += &row(&app, &callers, &function(last)).await;
    }
    table.push('\n');
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("grid", table);
    });
}

async fn row(app: &App, callers: &[Caller], function: &Function) -> String {
    let mut row = format!("\n{:<44}", format!("POST /api/{}", function.name));
    for caller in callers {
        let ids = function.new_rows(app).await;
        let browser = caller.browser(app, function.changes_session).await;
        let answer = browser.call(function.name, &function.fields(&ids)).await;
        write!(row, "{:>11}", answer.status.as_u16()).unwrap();
    }
    row
}

async fn rest_row(app: &App, callers: &[Caller], route: &rest::Route) -> String {
    let label = route.path.replace("/accounts/{account}", "/…");
    let mut row = format!("\n{:<44}", format!("{} {label}", route.method));
    for caller in callers {
        let ids = app.ids_of(route).await;
        let browser = caller.key.as_ref().map_or_else(|| app.browser(), |key| app.browser().with_key(key));
        let answer = browser.rest(route, &ids).await;
        write!(row, "{:>11}", answer.status.as_u16()).unwrap();
    }
    row
}

fn routes() -> Vec<String> {
    let mut routes = pages();
    routes.extend(BESIDES.map(ToOwned::to_owned));
    routes
}
