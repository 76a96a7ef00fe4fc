use super::{Answer, App, Browser, Ids, Person, Wants};
use axum::body::Body;
use model::{AccountId, ApiKeyForm, PermissionSet, Role};
use serde_json::{Value, json};
use server::edge::rest::Route;
use service::{api_key, member};

impl App {
    /// The secret of a key that somebody makes.
    pub async fn key(&self, maker: &Person, permissions: PermissionSet) -> String {
        let form = ApiKeyForm { name: "A program".to_owned(), permissions, days: 0 };
        api_key::create(&self.context(maker.user), maker.account, form).await.unwrap().secret
    }

    /// Whose maker was suspended since.
    pub async fn key_of_suspended(&self) -> String {
        let maker = self.join(Role::Admin).await;
        let key = self.key(&maker, PermissionSet::ALL).await;
        let owner = self.owner();
        member::suspend(&self.context(owner.user), owner.account, maker.member).await.unwrap();
        key
    }

    /// Whose maker was removed since.
    pub async fn key_of_removed(&self) -> String {
        let maker = self.join(Role::Admin).await;
        let key = self.key(&maker, PermissionSet::ALL).await;
        let owner = self.owner();
        member::remove(&self.context(owner.user), owner.account, maker.member).await.unwrap();
        key
    }

    /// New rows for a route of the REST API.
    pub async fn ids_of(&self, route: &Route) -> Ids {
        let wants = match () {
            () if route.path.contains("{contact}") => Wants::Contact,
            () if route.path.contains("{campaign}") => Wants::Campaign,
            () if route.path.contains("{member}") => Wants::Member,
            () if route.path.contains("{invitation}") => Wants::Invitation,
            () if route.path.contains("{key}") => Wants::Key,
            () => Wants::Nothing,
        };
        self.fresh(wants).await
    }
}

/// A body with which a call succeeds. A new route that takes one needs a line here.
fn body_of(route: &Route, ids: &Ids) -> Option<Value> {
    let what = route.path.rsplit('/').find(|part| !part.starts_with('{'));
    Some(match (route.method, what.unwrap_or_default()) {
        ("GET" | "DELETE", _) | ("PUT", "suspension") => return None,
        ("POST" | "PUT", "contacts") => json!({ "name": "Ben", "email": "ben@example.com" }),
        ("POST" | "PUT", "campaigns") => json!({ "name": "Sale", "text": "20% off" }),
        ("PUT", "billing") => json!({ "email": "bills@example.com" }),
        ("PUT", "tags") => json!({ "tags": "vip" }),
        ("PUT", "role") => json!({ "role": "viewer" }),
        ("POST", "invitations") => json!({ "emails": ids.new_email, "role": "custom" }),
        (method, path) => panic!("the route {method} {path} has no body here: add a line"),
    })
}

/// The address of a route with the ids in it.
pub fn rest_path(path: &str, ids: &Ids, account: AccountId) -> String {
    path.replace("{account}", &account.to_string())
        .replace("{contact}", &ids.contact.to_string())
        .replace("{campaign}", &ids.campaign.to_string())
        .replace("{member}", &ids.member.to_string())
        .replace("{invitation}", &ids.invitation.to_string())
        .replace("{key}", &ids.key.to_string())
}

impl Browser {
    /// A program that sends this key.
    pub fn with_key(&self, secret: &str) -> Self {
        self.with("authorization", format!("Bearer {secret}").as_bytes())
    }

    /// Calls a route of the REST API so that those succeed who may do everything.
    pub async fn rest(&self, route: &Route, ids: &Ids) -> Answer {
        let path = rest_path(route.path, ids, ids.account);
        self.call_rest(route.method, &path, body_of(route, ids)).await
    }

    pub async fn call_rest(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(self.request(method, path).header("content-type", "application/json").body(body).unwrap()).await
    }
}
