//! A realistic organisation to look at.

use crate::{Result, Service};
use std::sync::Arc;

/// Fills the database, and says how to sign in.
pub async fn fill(_service: &Arc<Service>) -> Result<String> {
    Ok(String::new())
}
