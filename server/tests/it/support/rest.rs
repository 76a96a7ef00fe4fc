use super::{Answer, App, Browser, Ids, Person, fixtures::body_of};
use axum::body::Body;
use model::{ApiKeyForm, PermissionSet, Role};
use serde_json::Value;
use server::edge::rest::Route;
use service::{api_key, member};

impl App {
    /// The secret of a key that somebody makes.
    pub async fn key(&self, creator: &Person, permissions: PermissionSet) -> String {
        let form = ApiKeyForm { name: "A program".to_owned(), permissions, days: 0, like: None };
        api_key::create(&self.context(creator.user), creator.account, form).await.unwrap().secret
    }

    /// Whose creator was suspended since.
    pub async fn key_of_suspended(&self) -> String {
        let creator = self.join(Role::Admin).await;
        let key = self.key(&creator, PermissionSet::ALL).await;
        let owner = self.owner();
        member::suspend(&self.context(owner.user), owner.account, creator.member).await.unwrap();
        key
    }

    /// Whose creator was removed since.
    pub async fn key_of_removed(&self) -> String {
        let creator = self.join(Role::Admin).await;
        let key = self.key(&creator, PermissionSet::ALL).await;
        let owner = self.owner();
        member::remove(&self.context(owner.user), owner.account, creator.member).await.unwrap();
        key
    }
}

impl Browser {
    /// A program that sends this key.
    pub fn with_key(&self, secret: &str) -> Self {
        self.with("authorization", format!("Bearer {secret}").as_bytes())
    }

    /// Calls a route of the REST API so that those succeed who may do everything.
    pub async fn rest(&self, route: &Route, ids: &Ids) -> Answer {
        self.call_rest(route.method, &ids.fill(route.path), body_of(route, ids)).await
    }

    pub async fn call_rest(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(self.request(method, path).header("content-type", "application/json").body(body).unwrap()).await
    }
}
