//! The one place where the page's code speaks to the server. Not generic, so that the code for it
//! travels to the browser once.

#[cfg(feature = "hydrate")]
use super::{PAGE_USER, page_user};
use model::Problem;
use std::pin::Pin;

type Answered = Pin<Box<dyn Future<Output = Result<String, Problem>> + Send>>;

/// Posts a form to a server function; gives its JSON. Where it takes a recent proof, the reader is asked for one first.
#[cfg(feature = "hydrate")]
pub fn post(path: &str, body: String) -> Answered {
    let path = path.to_owned();
    // A browser has one thread: nothing is ever sent to another.
    Box::pin(send_wrapper::SendWrapper::new(async move {
        match send(&path, body.clone()).await {
            Err(Problem::ProofNeeded(action)) if super::proof::ask(action).await => send(&path, body).await,
            answer => answer,
        }
    }))
}

#[cfg(feature = "hydrate")]
async fn send(path: &str, body: String) -> Result<String, Problem> {
    use gloo_net::http::Request;
    let mut request = Request::post(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json");
    if let Some(user) = page_user() {
        request = request.header(PAGE_USER, &user);
    }
    let request = request.body(body);
    let _sending = Sending::begin();
    let response = request.map_err(|_| Problem::Malformed)?.send().await.map_err(|_| Problem::Offline)?;
    let json = response.text().await.map_err(|_| Problem::Offline)?;
    if !response.ok() {
        let problem = serde_json::from_str(&json).unwrap_or(Problem::Offline);
        if let Problem::AnotherUser { .. } = problem {
            super::live::signed_in::look();
        }
        return Err(problem);
    }
    if let Some(leads_to) = response.headers().get("location") {
        super::browser::go(&leads_to);
    }
    Ok(json)
}

#[cfg(feature = "hydrate")]
thread_local! {
    static SENDING: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// As long as an answer is waited for.
#[cfg(feature = "hydrate")]
struct Sending;

#[cfg(feature = "hydrate")]
impl Sending {
    fn begin() -> Self {
        SENDING.set(SENDING.get() + 1);
        Self
    }
}

#[cfg(feature = "hydrate")]
impl Drop for Sending {
    fn drop(&mut self) {
        SENDING.set(SENDING.get() - 1);
    }
}

/// Whether the page waits for an answer.
#[cfg(feature = "hydrate")]
pub fn is_sending() -> bool {
    SENDING.get() > 0
}

/// Who is signed in now, and how things stand.
#[cfg(feature = "hydrate")]
pub async fn now() -> Result<model::Now, Problem> {
    let request = gloo_net::http::Request::get("/live").header("Accept", "application/json");
    let response = request.send().await.map_err(|_| Problem::Offline)?;
    let json = response.text().await.map_err(|_| Problem::Offline)?;
    if !response.ok() {
        return Err(serde_json::from_str(&json).unwrap_or(Problem::Offline));
    }
    serde_json::from_str(&json).map_err(|_| Problem::Offline)
}

#[cfg(not(feature = "hydrate"))]
pub fn post(_: &str, _: String) -> Answered {
    Box::pin(std::future::ready(Err(Problem::Offline)))
}
