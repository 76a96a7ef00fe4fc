//! This installation as passkeys know it: they belong to its name, and are shown to its own pages alone.

use super::{encode, request::LIFETIME};
use crate::{Context, Error, Result, entity::passkey, tenant};
use model::{Conflict, UserId};
use serde_json::{Value, json};
use webauthn_rs::{
    fake::{FakePasskeyDistribution, WebauthnFakeCredentialGenerator},
    prelude::{
        DiscoverableAuthentication, Passkey, PasskeyRegistration, RegisterPublicKeyCredential, Url, Webauthn,
        WebauthnBuilder,
    },
};

/// What devices call it.
const NAME: &str = "Tenantry";

/// `None` for an installation without a name, which is opened by its IP address.
pub(crate) struct RelyingParty(Option<Webauthn>);

impl RelyingParty {
    pub fn new(public_url: &str) -> Self {
        let of = |url: &Url| {
            let builder = WebauthnBuilder::new(url.domain()?, url).ok()?;
            builder.rp_name(NAME).timeout(LIFETIME).build().ok()
        };
        Self(Url::parse(public_url).ok().as_ref().and_then(of))
    }

    pub fn is_possible(ctx: &Context) -> bool {
        ctx.service().extension::<Self>().0.is_some()
    }

    /// # Errors
    /// [`Conflict::PasskeysNeedName`].
    pub fn of(ctx: &Context) -> Result<&Webauthn> {
        Ok(ctx.service().extension::<Self>().0.as_ref().ok_or(Conflict::PasskeysNeedName)?)
    }

    /// What a browser is to make a passkey by, which finds its user by itself and checks that it is them.
    pub async fn start_adding(
        ctx: &Context,
        user: UserId,
        email: &str,
        existing: &[passkey::Model],
    ) -> Result<(Value, PasskeyRegistration)> {
        let name = tenant::name_of(ctx.readers(), user, ctx.locale()).await?;
        let exclude = existing.iter().map(|row| Ok(read(row)?.cred_id().clone())).collect::<Result<Vec<_>>>()?;
        let (asked, state) = Self::of(ctx)?
            .start_passkey_registration(user.0, email, &name, Some(exclude))
            .map_err(|error| Error::Other(format!("passkey: {error}")))?;
        let mut options = public_key(asked)?;
        // Otherwise a device may make one that it cannot find without being told whose it is.
        options["authenticatorSelection"] =
            json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "required" });
        Ok((options, state))
    }

    /// # Errors
    /// [`Conflict::PasskeyUnusable`] for an answer that does not belong to what was asked.
    pub fn finish_adding(ctx: &Context, answer: &str, state: &PasskeyRegistration) -> Result<Passkey> {
        let unusable = |_| Conflict::PasskeyUnusable;
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| Conflict::PasskeyUnusable)?;
        Ok(Self::of(ctx)?.finish_passkey_registration(&answer, state).map_err(unusable)?)
    }

    /// What a browser is to show a passkey by: one of these, or whichever it has for this installation.
    pub fn start_showing(ctx: &Context, allowed: &[String]) -> Result<(Value, DiscoverableAuthentication)> {
        let (asked, state) = Self::of(ctx)?
            .start_discoverable_authentication()
            .map_err(|error| Error::Other(format!("passkey: {error}")))?;
        let mut options = public_key(asked)?;
        let descriptor = |id: &String| json!({ "type": "public-key", "id": id });
        options["allowCredentials"] = allowed.iter().map(descriptor).collect();
        Ok((options, state))
    }

    /// Passkeys that nobody has, for an address without any: the same ones whenever it is typed, so that nobody learns
    /// from them which addresses have some.
    pub fn fake(ctx: &Context, email: &str) -> Result<Vec<String>> {
        let fault = |error| Error::Other(format!("passkey: {error}"));
        let key = ctx.service().encryption.fake_passkeys();
        let generator = WebauthnFakeCredentialGenerator::<FakePasskeyDistribution>::new(key).map_err(fault)?;
        // It gives none for some names; whoever has passkeys has at least one.
        let mut name = email.to_owned();
        loop {
            let ids = generator.generate(name.as_bytes()).map_err(fault)?;
            if !ids.is_empty() {
                return Ok(ids.iter().map(|id| encode(id.as_slice())).collect());
            }
            name.push('\n');
        }
    }
}

/// The passkey of a row.
pub(super) fn read(row: &passkey::Model) -> Result<Passkey> {
    Ok(serde_json::from_str(&row.credential)?)
}

/// The part that says what is asked, without the extensions, of which none is used.
fn public_key(asked: impl serde::Serialize) -> Result<Value> {
    let mut options = serde_json::to_value(asked)?["publicKey"].take();
    if let Some(options) = options.as_object_mut() {
        options.remove("extensions");
    }
    Ok(options)
}
