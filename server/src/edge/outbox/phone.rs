//! Text messages as a phone shows them: those to one number below each other, the latest last.

use super::Edge;
use app::runtime::t;
use axum::{
    extract::State,
    response::{IntoResponse, Json, Response},
};
use leptos::prelude::*;
use model::{OutboxText, Phone};
use service::LocalSms;

pub async fn json(State(edge): State<Edge>) -> Response {
    let message = |sms: LocalSms| serde_json::json!({ "to": sms.to, "text": sms.text, "sent": sms.sent.at });
    Json(edge.service.local_sms().unwrap_or_default().into_iter().map(message).collect::<Vec<_>>()).into_response()
}

/// What those read who have these numbers; nothing if there are no messages.
pub fn messages(newest_first: Vec<LocalSms>) -> Option<impl IntoView> {
    let mut conversations: Vec<(Phone, Vec<LocalSms>)> = Vec::new();
    for sms in newest_first {
        match conversations.iter_mut().find(|(number, _)| *number == sms.to) {
            Some((_, messages)) => messages.push(sms),
            None => conversations.push((sms.to.clone(), vec![sms])),
        }
    }
    let is_empty = conversations.is_empty();
    (!is_empty).then(|| {
        view! {
            <h2 class="mt-10 font-medium">{t(OutboxText::TextMessages)}</h2>
            {conversations.into_iter().map(conversation).collect_view()}
        }
    })
}

fn conversation((number, newest_first): (Phone, Vec<LocalSms>)) -> impl IntoView {
    let bubble = |sms: LocalSms| {
        view! {
            <li class="mt-3">
                <time class="text-muted text-xs" datetime=sms.sent.at title=sms.sent.exact>{sms.sent.text}</time>
                <p class="bg-base-200 mt-1 w-fit max-w-xs rounded-2xl px-4 py-2 break-words whitespace-pre-line">{sms.text}</p>
            </li>
        }
    };
    view! {
        <article class="card mt-4 p-4">
            <h3 class="font-medium">{number.as_str().to_owned()}</h3>
            <ol>{newest_first.into_iter().rev().map(bubble).collect_view()}</ol>
        </article>
    }
}
