/// The page of the organisation's policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyText {
    Title,
    Purpose,
    /// Beside a single point, where the page's code does not save it by itself.
    Save,
    Saved,
    Undone,
    /// With the time.
    TwoFactorFrom,
    WithoutTwoFactor {
        people: u64,
    },
    SeeWho,
    Safer,
    SaferQuestion,
    SaferConsequence,
    Setting,
    Now,
    Then,
    SaferApplied,
}
