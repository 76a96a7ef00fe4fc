//! What a server keeps from page to page, so that most of a page is not made anew.

mod answers;
mod call_plans;
mod rows;

pub(crate) use answers::CachedAnswer;
pub(crate) use call_plans::{Call, CallPlanKey};

use answers::Answers;
use call_plans::CallPlans;
use rows::Rows;

/// One for each process.
#[derive(Clone, Default)]
pub struct RenderCache {
    pub(crate) call_plans: CallPlans,
    pub(crate) answers: Answers,
    pub(crate) rows: Rows,
}
