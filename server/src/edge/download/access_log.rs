//! The data access log as a file: what the page with the same filter lists, streamed.

use super::{attachment, failed, refuse};
use crate::edge::rest;
use axum::{
    Extension,
    body::Body,
    extract::Path,
    http::{HeaderValue, Request},
    response::Response,
};
use futures::stream;
use model::{AccessEntry, AccessFilter, AccessLogColumn, AccessLogHead, AccountId, Locale, Problem, RequestId, Text};
use service::{
    Context,
    download::{self, AccessLogDownload},
};

/// Says how many rows a file has, for whoever shows how far it is.
const RECORDS: &str = "x-records";

/// What the file is written in.
#[derive(Clone, Copy)]
enum Format {
    Csv,
    JsonLines,
}

impl Format {
    fn of(file: &str) -> Option<Self> {
        match file {
            "access-log.csv" => Some(Self::Csv),
            "access-log.jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/jsonl",
        }
    }
}

/// `GET /accounts/{account}/download/{file}`, with the filter of the page behind the question mark.
pub async fn access_log(
    Extension(ctx): Extension<Context>,
    Path((account, file)): Path<(String, String)>,
    request: Request<Body>,
) -> Response {
    let query = request.uri().query().unwrap_or_default();
    match begin(&ctx, &account, &file, query).await {
        Ok(response) => response,
        Err(problem) => refuse(&request, &problem, &format!("/accounts/{account}/access-log"), query),
    }
}

async fn begin(ctx: &Context, account: &str, file: &str, query: &str) -> Result<Response, Problem> {
    let account: AccountId = account.parse().map_err(|_| Problem::NotFound)?;
    let format = Format::of(file).ok_or(Problem::NotFound)?;
    let value = |name: &str| {
        form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let download = download::access_log(ctx, account, AccessFilter::of_query(value)).await;
    let download = download.map_err(|error| error.into_problem(ctx.request().id))?;
    let (records, request) = (download.records(), ctx.request().id);
    let head = match format {
        Format::Csv => csv_rows([head(&download, ctx.locale())]),
        Format::JsonLines => Ok(Vec::new()),
    };
    let rows = stream::try_unfold((download, Some(head)), move |(mut download, head)| async move {
        if let Some(head) = head {
            return Ok(Some((head?, (download, None))));
        }
        let chunk = next(&mut download, format, request).await?;
        Ok::<_, std::io::Error>((!chunk.is_empty()).then_some((chunk, (download, None))))
    });
    let mut response = attachment(Body::from_stream(rows), format.content_type(), file);
    response.headers_mut().insert(RECORDS, HeaderValue::from(records));
    Ok(response)
}

/// The next part of the file. An error ends the connection, so that nobody takes a part for the whole.
async fn next(download: &mut AccessLogDownload, format: Format, request: RequestId) -> std::io::Result<Vec<u8>> {
    let entries = download.next().await.map_err(|error| failed(error, request))?;
    match format {
        Format::Csv => csv_rows(entries.into_iter().map(|entry| cells(entry, download))),
        Format::JsonLines => rest::json_lines(entries, download),
    }
}

fn head(download: &AccessLogDownload, locale: Locale) -> [String; AccessLogColumn::ALL.len()] {
    let time_zone = download.time_zone();
    AccessLogColumn::ALL.map(|column| AccessLogHead { column, time_zone }.text(locale).into_owned())
}

fn cells(entry: AccessEntry, download: &AccessLogDownload) -> [String; AccessLogColumn::ALL.len()] {
    AccessLogColumn::ALL.map(|column| match column {
        AccessLogColumn::Time => download.time(&entry.at),
        AccessLogColumn::Person => entry.who.name.text(Locale::En).into_owned(),
        AccessLogColumn::ApiKey => entry.key.as_ref().map(|key| key.name.clone()).unwrap_or_default(),
        AccessLogColumn::IpAddress => entry.ip.clone(),
        AccessLogColumn::Method => entry.method.clone(),
        AccessLogColumn::Path => entry.path.clone(),
        AccessLogColumn::Action => entry.action.clone(),
        AccessLogColumn::Description => entry.what.clone(),
        AccessLogColumn::Subject => {
            entry.subject.as_ref().map(|subject| subject.name.text(Locale::En).into_owned()).unwrap_or_default()
        }
        AccessLogColumn::Permission => entry.permission.map(|leaf| leaf.path().to_owned()).unwrap_or_default(),
        AccessLogColumn::Records => entry.records.to_string(),
        AccessLogColumn::Times => entry.repeats.to_string(),
        AccessLogColumn::LastTime => download.time(&entry.last),
        AccessLogColumn::Result => entry.outcome.text(Locale::En).into_owned(),
        AccessLogColumn::Request => entry.request.to_string(),
    })
}

/// Rows of RFC 4180.
fn csv_rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(guarded))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// A spreadsheet takes what begins like this for a formula and would run it (OWASP, "CSV Injection").
fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
