//! What a browser was asked for, until it answers.

use crate::{
    Context, Result, Secret,
    database::Lane,
    entity::passkey_request as requests,
    throttle::{self, Throttle},
};
use model::{Conflict, PasskeyOptions, Timestamp, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration};

/// A browser has so long to answer.
pub(super) const LIFETIME: Duration = Duration::from_mins(5);
/// For one network, or for whoever is signed in: each is a row until its time is over.
const REQUESTS: Throttle = Throttle { name: "passkey-request", tries: 1_000, within: Duration::from_mins(15) };

/// By what an answer is checked.
#[derive(Serialize, Deserialize)]
pub(crate) enum Ceremony {
    Add(PasskeyRegistration),
    Show {
        purpose: Purpose,
        /// The credential ids that the browser was offered, of which it shows one; any where there are none.
        allowed: Vec<String>,
        state: DiscoverableAuthentication,
    },
}

/// What a passkey is shown for. What was asked for one serves for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    SignIn,
    /// In the place of a code, once the password was right.
    SecondStep,
    /// By somebody who is signed in, before something that matters.
    Confirm,
}

/// What was asked for, and of whom.
pub(crate) struct Request {
    pub user: Option<UserId>,
    pub ceremony: Ceremony,
}

/// Counts one more that is asked for.
///
/// # Errors
/// [`model::Problem::TooMany`].
pub(crate) async fn count(ctx: &Context) -> Result<()> {
    let about = match ctx.user() {
        Ok(user) => user.to_string(),
        Err(_) => ctx.network().to_string(),
    };
    throttle::count(ctx, REQUESTS, &about).await
}

/// Keeps what is asked for, and gives what the browser is told.
///
/// # Errors
/// [`model::Problem::TooMany`].
pub(crate) async fn ask(ctx: &Context, request: &Request, options: &Value) -> Result<PasskeyOptions> {
    count(ctx).await?;
    let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
    let options = ask_within(ctx, &*transaction, request, options).await?;
    transaction.commit().await?;
    Ok(options)
}

/// As [`ask`], within a change.
pub(crate) async fn ask_within(
    ctx: &Context,
    db: &impl ConnectionTrait,
    request: &Request,
    options: &Value,
) -> Result<PasskeyOptions> {
    let row = requests::ActiveModel {
        challenge_hash: Set(hash(options["challenge"].as_str().unwrap_or_default())),
        user_id: Set(request.user),
        ceremony: Set(serde_json::to_string(&request.ceremony)?),
        created_at: Set(ctx.now()),
    };
    row.insert(db).await?;
    Ok(PasskeyOptions(options.to_string()))
}

impl Request {
    /// What an answer belongs to. It is used up by that, whatever the answer is worth.
    ///
    /// # Errors
    /// [`Conflict::PasskeyRequestOver`] when nothing was asked, too long ago, or it was answered before.
    pub async fn take(ctx: &Context, answer: &str) -> Result<Self> {
        let challenge = challenge_in(answer).ok_or(Conflict::PasskeyRequestOver)?;
        let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
        let row = requests::Entity::find_by_id(hash(&challenge)).one(&*transaction).await?;
        // Of two at the same moment one deletes it.
        let deleted = requests::Entity::delete_by_id(hash(&challenge)).exec(&*transaction).await?.rows_affected;
        transaction.commit().await?;
        let row = row.filter(|row| deleted > 0 && ctx.now().since(row.created_at) < LIFETIME);
        let row = row.ok_or(Conflict::PasskeyRequestOver)?;
        Ok(Self { user: row.user_id, ceremony: serde_json::from_str(&row.ceremony)? })
    }
}

/// Those that nobody answered in time, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<requests::Entity> {
    requests::Entity::find().filter(requests::Column::CreatedAt.lte(now - LIFETIME))
}

fn hash(challenge: &str) -> String {
    Secret::from_client(challenge).hash().into_column()
}

/// The challenge that a browser says it answers; the check of the answer shows whether it does.
fn challenge_in(answer: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Answer {
        response: Response,
    }
    #[derive(Deserialize)]
    struct Response {
        #[serde(rename = "clientDataJSON")]
        client_data: String,
    }
    #[derive(Deserialize)]
    struct ClientData {
        challenge: String,
    }
    let answer: Answer = serde_json::from_str(answer).ok()?;
    let client_data = super::decode(&answer.response.client_data)?;
    let ClientData { challenge } = serde_json::from_slice(&client_data).ok()?;
    Some(challenge)
}
