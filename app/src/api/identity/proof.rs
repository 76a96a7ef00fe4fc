use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::FactorMethods;

/// By what the reader can show who they are, besides the password.
#[server(protocol = Form)]
pub async fn get_proof_methods() -> Answer<FactorMethods> {
    crate::api::call(service::proof::methods).await
}

/// Shows once more who uses this session. A plain form that waits for it is carried out afterwards, by the edge.
#[server(protocol = Form)]
pub async fn confirm_identity(form: model::ConfirmIdentity) -> Answer<()> {
    crate::api::call(async |ctx| service::proof::confirm(ctx, form).await).await
}

reads! {
    GetProofMethods: Nothing;
}
