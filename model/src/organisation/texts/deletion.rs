/// The part of the organisation's page that deletes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionText {
    Title,
    Hint,
    Question,
    Consequence,
    /// With the organisation's name.
    TypeToConfirm,
    Name,
    Delete,
}
