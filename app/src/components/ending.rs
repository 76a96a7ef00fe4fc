use crate::runtime::{Here, t, t_with};
use leptos::prelude::*;
use model::{ApiKeyId, InvitationSender, Permission, Text, UserId};

/// Whose pending invitations a link leads to.
#[derive(Clone, Copy)]
pub enum Sender {
    User(UserId),
    Key(ApiKeyId),
}

/// The open invitations that stop working, as a link to them for those who may see them.
#[component]
pub fn EndingInvitations(
    #[prop(into)] count: Signal<u64>,
    sent: InvitationSender,
    sender: Sender,
    /// What is said around the sentence, which stands at `{0}`.
    #[prop(optional)]
    when: Option<&'static (dyn Text + Sync)>,
) -> impl IntoView {
    let here = Here::expect();
    let sentence = move || t(model::EndingInvitations { count: count.get(), sent });
    let href = move || {
        let filter = match sender {
            Sender::User(user) => format!("sender={user}"),
            Sender::Key(key) => format!("key={key}"),
        };
        here.may(Permission::MemberInvite).get().then(|| here.path(&format!("members?status=pending&{filter}")))
    };
    let link = view! { <a class="link" href=href>{sentence}</a> }.into_any();
    let whole = match when {
        Some(when) => t_with(when, [link]),
        None => link,
    };
    view! { <p class="text-muted my-4 text-xs" class:hidden=move || count.get() == 0>{whole}</p> }.into_any()
}

/// A consequence, and the open invitations that stop working with it, if there are any.
pub fn with_ending(consequence: &str, count: u64, sent: InvitationSender) -> String {
    match count {
        0 => consequence.to_owned(),
        _ => format!("{consequence} {}", t(model::EndingInvitations { count, sent })),
    }
}
