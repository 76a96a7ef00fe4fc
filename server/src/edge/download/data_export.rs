//! The file with all that there is about the reader.

use super::{attachment, failed, refuse};
use axum::{Extension, body::Body, http::Request, response::Response};
use futures::stream;
use model::Problem;
use service::{Context, data_export::download};

const FILE: &str = "tenantry-my-data.json";

/// `GET /data-export/tenantry-my-data.json`.
pub async fn data_export(Extension(ctx): Extension<Context>, request: Request<Body>) -> Response {
    match begin(&ctx).await {
        Ok(response) => response,
        Err(problem) => refuse(&request, &problem, "/my-data", ""),
    }
}

async fn begin(ctx: &Context) -> Result<Response, Problem> {
    let id = ctx.request().id;
    let download = download(ctx).await.map_err(|error| error.into_problem(id))?;
    let parts = stream::try_unfold(download, move |mut download| async move {
        let part = download.next().await.map_err(|error| failed(error, id))?;
        Ok::<_, std::io::Error>(part.map(|part| (part, download)))
    });
    Ok(attachment(Body::from_stream(parts), "application/json", FILE))
}
