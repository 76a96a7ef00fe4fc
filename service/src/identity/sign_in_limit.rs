//! How often a password may be guessed. Only what was wrong counts, and by whom it is shown as well as for whom:
//! nobody is locked out by somebody else.

use crate::{Context, Result, device, password_attempt::PasswordAttempt, password_queue::Priority, throttle::Throttle};
use model::UserId;
use std::time::Duration;

const QUARTER: Duration = Duration::from_mins(15);
/// Of a browser that this person has signed in with before, wherever it is.
const DEVICE: Throttle = Throttle { name: "sign-in-device", tries: 10, within: QUARTER };
/// For one address from one network.
const ADDRESS_AND_NETWORK: Throttle = Throttle { name: "sign-in-address-network", tries: 10, within: QUARTER };
/// The same from all networks of an IPv6 /48.
const ADDRESS_AND_SITE: Throttle = Throttle { name: "sign-in-address-site", tries: 30, within: QUARTER };
/// For all addresses from one network: an office has fewer mistakes than this, a list of stolen addresses more.
const NETWORK: Throttle = Throttle { name: "sign-in-network", tries: 100, within: QUARTER };
const SITE: Throttle = Throttle { name: "sign-in-site", tries: 300, within: QUARTER };
/// For one address from anywhere. It refuses nothing: that would lock out whoever it belongs to.
const ADDRESS: Throttle = Throttle { name: "sign-in-address", tries: i32::MAX, within: Duration::from_hours(1) };

/// A password that is about to be checked.
pub(crate) struct SignInAttempt {
    pub counted: PasswordAttempt,
    device: bool,
}

impl SignInAttempt {
    /// Counts a password for this address; `user` is whose it is, if anybody's.
    ///
    /// # Errors
    /// [`model::Problem::TooMany`].
    pub async fn begin(ctx: &Context, email: &str, user: Option<UserId>) -> Result<Self> {
        let device = match user {
            Some(user) => device::recognise(ctx, user).await?,
            None => None,
        };
        let counters = if let Some(device) = &device {
            vec![DEVICE.of(&device.secret_hash)]
        } else {
            let network = ctx.network();
            let mut counters =
                vec![ADDRESS_AND_NETWORK.of(format_args!("{email} {network}")), NETWORK.of(network), ADDRESS.of(email)];
            if let Some(site) = network.wider() {
                counters.extend([ADDRESS_AND_SITE.of(format_args!("{email} {site}")), SITE.of(site)]);
            }
            counters
        };
        let counted = PasswordAttempt::begin(ctx, counters, &[DEVICE, ADDRESS_AND_NETWORK]).await?;
        Ok(Self { counted, device: device.is_some() })
    }

    /// How long it waits before the password is looked at: the more guesses an address has had from anywhere, the
    /// longer, but for browsers that its owner has used.
    pub fn pause(&self) -> Duration {
        pause(self.counted.count(ADDRESS))
    }

    pub fn priority(&self) -> Priority {
        if self.device { Priority::High } else { Priority::Normal }
    }
}

/// From the eleventh guess in an hour on, doubled each time: 250 ms up to four seconds.
fn pause(guesses: i32) -> Duration {
    match u32::try_from(guesses).unwrap_or(0).checked_sub(11) {
        None => Duration::ZERO,
        Some(over) => Duration::from_millis(250 << over.min(4)),
    }
}

#[cfg(test)]
mod tests {
    use super::pause;
    use std::time::Duration;

    #[test]
    fn pauses_grow_and_are_bounded() {
        let milliseconds = [(0, 0), (10, 0), (11, 250), (12, 500), (13, 1000), (14, 2000), (15, 4000), (16, 4000)];
        for (guesses, pause_of) in milliseconds {
            assert_eq!(pause(guesses), Duration::from_millis(pause_of), "{guesses}");
        }
        assert_eq!(pause(i32::MAX), Duration::from_secs(4));
    }
}
