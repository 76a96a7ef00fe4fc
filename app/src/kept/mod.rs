//! What a server keeps from page to page, so that most of a page is not made anew.

mod answers;
mod asked;
mod rows;

pub(crate) use answers::Known;
pub(crate) use asked::{AskedBy, Wanted};

use answers::Answers;
use asked::Asked;
use rows::Rows;

/// One for each process.
#[derive(Clone, Default)]
pub struct Kept {
    pub(crate) asked: Asked,
    pub(crate) answers: Answers,
    pub(crate) rows: Rows,
}
