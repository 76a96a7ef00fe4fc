/// One's own two-factor authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondFactorText {
    Title,
    Purpose,
    On,
    Off,
    /// {0}: an organisation; {1}: a time.
    RequiredFrom,
    /// {0}: a time.
    SetUpAt,
    CurrentCode,
    CurrentCodeHint,
    RecoveryCode,
    RecoveryCodeHint,
    SetUp,
    Scan,
    QrCode,
    EnterKey,
    SaveCodes,
    ThenSaveCodes,
    SaveCodesHint,
    RecoveryCodes,
    RecoveryCodesPurpose,
    CodesLeft {
        recovery_codes: u64,
    },
    RenewCodes,
    RenewCodesHint,
    CodesRenewed,
    CopyCodes,
    DownloadCodes,
    PrintCodes,
    EnterCode,
    Code,
    TurnOn,
    SetUpAgain,
    SetUpAgainHint,
    Required {
        organisations: Vec<String>,
    },
    TurnOff,
    TurnOffHint,
}
