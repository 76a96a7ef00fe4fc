//! The one place where the page's code speaks to the server. Not generic, so that the code for it
//! travels to the browser once.

use model::Problem;
use std::pin::Pin;

type Answered = Pin<Box<dyn Future<Output = Result<String, Problem>> + Send>>;

/// Posts a form to a server function; gives its JSON.
#[cfg(feature = "hydrate")]
pub fn post(path: &str, body: String) -> Answered {
    use gloo_net::http::Request;
    let request = Request::post(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .body(body);
    // A browser has one thread: nothing is ever sent to another.
    Box::pin(send_wrapper::SendWrapper::new(async move {
        let response = request.map_err(|_| Problem::Malformed)?.send().await.map_err(|_| Problem::Offline)?;
        let json = response.text().await.map_err(|_| Problem::Offline)?;
        if !response.ok() {
            return Err(serde_json::from_str(&json).unwrap_or(Problem::Offline));
        }
        if let Some(leads_to) = response.headers().get("location") {
            crate::console::browser::go(&leads_to);
        }
        Ok(json)
    }))
}

#[cfg(not(feature = "hydrate"))]
pub fn post(_: &str, _: String) -> Answered {
    Box::pin(std::future::ready(Err(Problem::Offline)))
}
