use crate::{EmailFault, limit, text};

/// RFC 5321, 4.5.3.1.1.
const LOCAL_PART: usize = 64;
/// RFC 1035, 2.3.4.
const LABEL: usize = 63;

/// The one form of an address, by which it is stored and compared: NFC and lowered, its domain in letters that
/// people read (the U-labels of RFC 5890). `ana@xn--bcher-kva.example` gives `ana@bücher.example`. What is no
/// address is given back lowered. SMTP takes [`email_for_smtp`].
///
/// Never folded as other text is: two addresses that look alike may belong to two people.
pub fn canonical_email(typed: &str) -> String {
    let typed = typed.trim_matches(|c: char| c.is_whitespace() || text::is_hidden(c));
    let lowered = text::nfc(&typed.to_lowercase()).into_owned();
    match lowered.rsplit_once('@') {
        Some((name, domain)) => format!("{name}@{}", canonical_domain(domain)),
        None => lowered,
    }
}

/// The one form of a domain, as [`canonical_email`] has it.
pub fn canonical_domain(typed: &str) -> String {
    #[cfg(feature = "normalize")]
    if let Some(domain) = idna::unicode(typed) {
        return domain;
    }
    typed.to_lowercase()
}

/// The address as it goes to a mail server, its domain in ASCII (the A-labels of RFC 5890).
#[cfg(feature = "normalize")]
pub fn email_for_smtp(address: &str) -> String {
    let ascii = address.rsplit_once('@').and_then(|(name, domain)| Some(format!("{name}@{}", idna::ascii(domain)?)));
    ascii.unwrap_or_else(|| address.to_owned())
}

/// Whether somebody can be written to at this address.
pub fn is_address(text: &str) -> bool {
    email_fault(text).is_ok()
}

/// What keeps `text` from being an e-mail address: the dot-atoms of RFC 5322, the lengths of RFC 5321
/// and 1035, and, where there are the tables for it, a domain that IDNA allows (Unicode Technical Standard 46).
///
/// # Errors
/// What is wrong with it.
pub fn email_fault(text: &str) -> Result<(), EmailFault> {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return Err(EmailFault::NoAt);
    };
    if name.len() > LOCAL_PART {
        return Err(EmailFault::LocalPartTooLong);
    }
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    if !name.split('.').all(|atom| !atom.is_empty() && atom.chars().all(allowed)) {
        return Err(EmailFault::LocalPart);
    }
    if !domain.contains('.') {
        return Err(EmailFault::NoEnding);
    }
    #[cfg(feature = "normalize")]
    let domain = &idna::ascii(domain).ok_or(EmailFault::Domain)?;
    if domain.split('.').any(|label| label.len() > LABEL && label.is_ascii()) {
        return Err(EmailFault::LabelTooLong);
    }
    if !domain.split('.').all(is_label) || domain.rsplit('.').next().is_some_and(is_number) {
        return Err(EmailFault::Domain);
    }
    if name.len() + 1 + domain.len() > limit::EMAIL {
        return Err(EmailFault::TooLong);
    }
    Ok(())
}

fn is_label(label: &str) -> bool {
    // Beyond ASCII it takes tables to tell.
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || (!c.is_ascii() && !c.is_whitespace());
    !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(allowed)
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(feature = "normalize")]
mod idna {
    use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

    pub(super) fn ascii(domain: &str) -> Option<String> {
        let domain = domain.as_bytes();
        let ascii = Uts46::new().to_ascii(domain, AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Ignore);
        ascii.ok().map(std::borrow::Cow::into_owned)
    }

    pub(super) fn unicode(domain: &str) -> Option<String> {
        let (domain, fine) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
        fine.is_ok().then(|| domain.into_owned())
    }
}
