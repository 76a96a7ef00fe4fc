use model::{Problem, limit};
use serde::{Serialize, de::DeserializeOwned};
use server_fn::{Protocol, client::Client, request::Req, response::TryRes, server::Server};

/// How a server function is called: its arguments travel as an HTML form posts them, so that one
/// address answers the page's code and a plain form; the answer is JSON. A field that nobody knows
/// is an error.
pub struct Form;

/// How deep fields may lie within one another.
const DEPTH: usize = 5;

impl<Input, Output, C, S> Protocol<Input, Output, C, S, Problem> for Form
where
    Input: Serialize + DeserializeOwned + Send,
    Output: Serialize + DeserializeOwned + Send,
    C: Client<Problem>,
    S: Server<Problem>,
{
    const METHOD: http::Method = http::Method::POST;

    async fn run_server<F, Fut>(request: S::Request, server_fn: F) -> Result<S::Response, Problem>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, Problem>> + Send,
    {
        let body = request.try_into_bytes().await?;
        let output = server_fn(decode(&body)?).await?;
        let json = serde_json::to_string(&output).map_err(|_| Problem::Malformed)?;
        TryRes::<Problem>::try_from_string("application/json", json)
    }

    async fn run_client(path: &str, input: Input) -> Result<Output, Problem> {
        let body = serde_qs::to_string(&input).map_err(|_| Problem::Malformed)?;
        let json = super::remote::post(path, body).await?;
        serde_json::from_str(&json).map_err(|_| Problem::Offline)
    }
}

/// Reads arguments, every field of which must be known.
pub fn decode<Input: DeserializeOwned>(body: &[u8]) -> Result<Input, Problem> {
    if body.len() > limit::BODY {
        return Err(Problem::TooLarge);
    }
    // The deserializer would put other characters in the place of those that are none.
    if percent_encoding::percent_decode(body).decode_utf8().is_err() {
        return Err(Problem::Malformed);
    }
    let config = serde_qs::Config::new(DEPTH, false);
    let deserializer = serde_qs::Deserializer::with_config(&config, body).map_err(|_| Problem::Malformed)?;
    let mut unknown = false;
    let input = serde_ignored::deserialize(deserializer, |_| unknown = true).map_err(|_| Problem::Malformed)?;
    if unknown { Err(Problem::Malformed) } else { Ok(input) }
}
