//! How an organisation is billed: a part of its details with permissions of its own.

use crate::{Context, Result, entity::organisation::Model, organisation, tenant};
use model::{AccountId, Billing, BillingDetails, Form, Permission};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

fn details(row: &Model) -> BillingDetails {
    let Model { billing_address, billing_email, vat_number, .. } = row.clone();
    BillingDetails { address: billing_address, email: billing_email, vat_number }
}

/// What stands on the organisation's invoices.
pub async fn get(ctx: &Context, account: AccountId) -> Result<Billing> {
    let access = ctx.access(account, Permission::BillingRead).await?;
    let db = access.readers();
    let row = tenant::row(db, &access).await?;
    let is_of_billing = row.updated_fields.0.iter().any(|field| field.is_of_billing());
    let updated = if is_of_billing { organisation::update_event(db, ctx, &row).await? } else { None };
    Ok(Billing { details: details(&row), name: row.name, updated })
}

/// Changes what stands on the organisation's invoices; what is as before is no change.
///
/// # Errors
/// [`model::Problem::Invalid`] for the form.
pub async fn update(ctx: &Context, account: AccountId, form: BillingDetails) -> Result<()> {
    let form = form.validated()?;
    ctx.access(account, Permission::BillingManage)
        .await?
        .change(async |change| {
            let row = tenant::row(change.db(), change.access()).await?;
            let before = details(&row);
            form.check_against(&before)?;
            let fields = before.changed_to(&form);
            let BillingDetails { address, email, vat_number } = form;
            let mut row = row.into_active_model();
            row.billing_address = Set(address);
            row.billing_email = Set(email);
            row.vat_number = Set(vat_number);
            Ok(((), organisation::write(change, row, fields).await?))
        })
        .await
}
