use axum::http::{HeaderMap, StatusCode};
use model::Problem;

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// A header that may be missing; empty then.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The problem in the body, for programs.
    #[track_caller]
    pub fn problem(&self) -> Problem {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no problem in the body of {self:?}"))
    }

    #[track_caller]
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{self:?}");
        serde_json::from_str(&self.body).unwrap()
    }

    /// The cookies that are set, as they stand in the headers.
    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The session that this answer begins, as `name=secret`.
    pub fn session(&self) -> Option<String> {
        self.cookie("tenantry=")
    }

    /// A cookie whose name ends so, as `name=value`.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookie = self.set_cookies().into_iter().find(|cookie| cookie.contains(name))?;
        cookie.split(';').next().map(ToOwned::to_owned)
    }
}
