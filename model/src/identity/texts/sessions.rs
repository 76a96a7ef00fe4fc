/// The browsers in which one is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionsText {
    Title,
    Purpose,
    Device,
    Ip,
    SignedIn,
    LastUsed,
    Current,
    Close,
    CloseOthers,
    CloseOthersQuestion,
    CloseOthersConsequence,
    Closed,
    OthersClosed,
}
