use crate::runtime::Here;
use leptos::prelude::*;
use model::{ApiKeyId, InvitationSender, Permission, UserId, ending_invitations};

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
    /// What stands before the sentence.
    #[prop(optional)]
    when: &'static str,
) -> impl IntoView {
    let here = Here::expect();
    let sentence = move || ending_invitations(count.get(), sent);
    let href = move || {
        let filter = match sender {
            Sender::User(user) => format!("sender={user}"),
            Sender::Key(key) => format!("key={key}"),
        };
        here.may(Permission::MemberInvite).get().then(|| here.path(&format!("members?status=pending&{filter}")))
    };
    view! {
        <p class="text-muted my-4 text-xs" class:hidden=move || sentence().is_none()>
            {when} <a class="link" href=href>{sentence}</a>
        </p>
    }
    .into_any()
}
