//! A passkey that a browser shows.

use super::{
    RelyingParty, encode,
    relying_party::read,
    request::{Ceremony, Purpose, Request},
};
use crate::{Context, Message, Result, UserChange, entity::passkey};
use model::{Conflict, Event, IdentityEvent, PasskeyAnswer, Problem, Proof, SecondFactorNotice, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential, WebauthnError};

/// Before it is looked at.
pub(crate) struct ShownPasskey {
    answer: PublicKeyCredential,
    /// Who was asked; `None` where the passkey says who it is.
    asked: Option<UserId>,
    allowed: Vec<String>,
    state: DiscoverableAuthentication,
}

/// What a passkey shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PasskeyCheck {
    Right,
    Wrong,
    /// It is the right key, and counted no further than before: there may be two of it.
    Copied {
        name: String,
    },
}

impl ShownPasskey {
    /// Reads what the browser answered. What it was asked for is used up by that.
    ///
    /// # Errors
    /// [`Problem::WrongPasskey`] for what no browser answers, and for what was asked for another purpose;
    /// [`Conflict::PasskeyRequestOver`].
    pub async fn read(ctx: &Context, purpose: Purpose, PasskeyAnswer(answer): &PasskeyAnswer) -> Result<Self> {
        let Request { user, ceremony } = Request::take(ctx, answer).await?;
        let answer = serde_json::from_str(answer).map_err(|_| Problem::WrongPasskey)?;
        match ceremony {
            Ceremony::Show { purpose: asked_for, allowed, state } if asked_for == purpose => {
                Ok(Self { answer, asked: user, allowed, state })
            }
            Ceremony::Show { .. } | Ceremony::Add(_) => Err(Problem::WrongPasskey.into()),
        }
    }

    /// Whose it is, if anybody's who may answer.
    pub async fn holder(&self, db: &impl ConnectionTrait) -> Result<Option<UserId>> {
        let row = self.row(db).await?;
        Ok(row.map(|row| row.user_id).filter(|user| self.is_by(*user)))
    }

    /// Whether it is of somebody who was asked, and says so itself: where any passkey was asked for, it has to.
    fn is_by(&self, user: UserId) -> bool {
        let says = self.answer.get_user_unique_id().map(|id| id == user.0.as_bytes());
        self.asked.is_none_or(|asked| asked == user) && says.unwrap_or(!self.allowed.is_empty())
    }

    async fn row(&self, db: &impl ConnectionTrait) -> Result<Option<passkey::Model>> {
        let id = encode(self.answer.get_credential_id());
        if !self.allowed.is_empty() && !self.allowed.contains(&id) {
            return Ok(None);
        }
        Ok(passkey::Entity::find().filter(passkey::Column::CredentialId.eq(id)).one(db).await?)
    }

    /// Checks it inside a change of its user, and notes that it was used.
    pub async fn check(&self, ctx: &Context, change: &UserChange, user: UserId) -> Result<PasskeyCheck> {
        let row = self.row(change.db()).await?.filter(|row| row.user_id == user && self.is_by(user));
        let Some(row) = row else { return Ok(PasskeyCheck::Wrong) };
        let mut passkey = read(&row)?;
        let checked =
            RelyingParty::of(ctx)?.finish_discoverable_authentication_v2(&self.answer, self.state.clone(), &passkey);
        let shown = match checked {
            Ok(shown) if shown.user_verified() => shown,
            Err(WebauthnError::CredentialPossibleCompromise) => return Ok(PasskeyCheck::Copied { name: row.name }),
            Ok(_) | Err(_) => return Ok(PasskeyCheck::Wrong),
        };
        passkey.update_credential(&shown);
        let mut row = row.into_active_model();
        row.credential = Set(serde_json::to_string(&passkey)?);
        row.last_used_at = Set(Some(ctx.now()));
        row.update(change.db()).await?;
        Ok(PasskeyCheck::Right)
    }
}

impl PasskeyCheck {
    /// Of a passkey that may have been copied, its user is told by a letter, and the log says so whatever it was shown
    /// for. `wrong` is what else the log says. Gives what is answered.
    pub async fn report_wrong(
        self,
        change: &mut UserChange,
        user: UserId,
        wrong: Event,
    ) -> Result<Option<(Problem, Event)>> {
        match self {
            Self::Right => Ok(None),
            Self::Wrong => Ok(Some((Problem::WrongPasskey, wrong))),
            Self::Copied { name } => {
                let notice = SecondFactorNotice::PasskeyCopied;
                change.deliver(&[Message::SecondFactor { user, notice }]).await?;
                let event = Event::Identity(IdentityEvent::PasskeyCopied { user, name });
                Ok(Some((Conflict::PasskeyCopied.into(), event)))
            }
        }
    }
}

/// What the log says of a passkey that did not sign somebody in.
pub(crate) fn failed_sign_in(user: UserId) -> Event {
    Event::Identity(IdentityEvent::SignInFailed { user, wrong: Proof::Passkey })
}
