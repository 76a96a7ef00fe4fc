//! How an organisation is billed: a part of its details with permissions of its own.

use crate::{Context, Result, organisation};
use model::{AccountId, Billing, BillingDetails, Form, Permission};

/// What stands on the organisation's invoices.
pub async fn get(ctx: &Context, account: AccountId) -> Result<Billing> {
    let access = ctx.access(account, Permission::BillingRead).await?;
    let db = access.readers();
    let row = organisation::row(db, &access).await?;
    let is_of_billing = row.updated_fields.0.iter().any(|field| field.is_of_billing());
    let updated = if is_of_billing { organisation::updated(db, ctx, &row).await? } else { None };
    let details = organisation::details(row);
    Ok(Billing { details: details.billing(), name: details.name, updated })
}

/// Changes what stands on the organisation's invoices; what is as before is no change.
///
/// # Errors
/// [`model::Problem::Invalid`] for the form.
pub async fn update(ctx: &Context, account: AccountId, form: BillingDetails) -> Result<()> {
    let form = form.validated()?;
    let change = ctx.access(account, Permission::BillingManage).await?.change().await?;
    organisation::write(change, |details| details.with_billing(form)).await
}
