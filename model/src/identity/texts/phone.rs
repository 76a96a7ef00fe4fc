/// One's own mobile number, and codes by text message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneText {
    Title,
    Purpose,
    /// {0}: the number; {1}: a time.
    Verified,
    Country,
    NoCountry,
    Number,
    NumberHint,
    Password,
    Add,
    Change,
    /// {0}: the number; {1}: a time.
    Sent,
    SmsCode,
    Verify,
    Changed,
    SendAgain,
    SentAgain,
    Remove,
    RemoveHint,
    Gone,
    SecondStep,
    SecondStepHint,
    TurnOn,
    TurnedOn,
    TurnOff,
    TurnOffHint,
    TurnedOff,
    NoGateway,
    GatewayDown,
}

/// Sending a code to the number that somebody signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsCodeText {
    /// The end of the number.
    Send {
        to: String,
    },
    Sent {
        to: String,
    },
    Down,
}
