//! What a server keeps from page to page, so that most of a page is not made anew.

mod answers;
mod asked;
mod rows;

pub(crate) use answers::RememberedAnswer;
pub(crate) use asked::{Call, CallPlanKey};

use answers::Answers;
use asked::CallPlans;
use rows::Rows;

/// One for each process.
#[derive(Clone, Default)]
pub struct RenderCache {
    pub(crate) asked: CallPlans,
    pub(crate) answers: Answers,
    pub(crate) rows: Rows,
}
