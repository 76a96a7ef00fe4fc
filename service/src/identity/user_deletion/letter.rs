use crate::{Context, Letter};
use model::LetterText;

/// The last one, to the confirmed address that somebody had.
pub(crate) fn letter(ctx: &Context, to: String, first_name: String) -> Letter {
    Letter::to_former(to, &LetterText::UserDeleted { first_name }, ctx.locale())
}
