id! {
    /// What was decided about a request for a text message.
    SmsDecisionId
}

/// What a text message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsText {
    /// A code that its reader types into a page of this installation. The last line binds it to the host of the page,
    /// so that a phone fills it in there and nowhere else (WICG, origin-bound one-time codes).
    Code { code: String, host: String },
}

/// Whether text messages go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsState {
    Up,
    /// The gateway failed a moment ago.
    Down,
    /// The installation has no gateway.
    Off,
}
