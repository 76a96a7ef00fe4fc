//! A password that is counted before it is checked. Whoever typed it may go away at any moment: what was not looked at
//! does not count then, and what was looked at counts as if they had stayed.

use crate::{
    Context, Result,
    throttle::{self, Counter, Reservation, Throttle},
};
use std::future::Future;
use tokio::runtime::Handle;

pub(crate) struct PasswordAttempt {
    ctx: Context,
    /// Until it is settled.
    reservation: Option<Reservation>,
    /// What a right one forgets.
    reset: &'static [Throttle],
    verdict: Verdict,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Unchecked,
    Wrong,
    Right,
}

impl PasswordAttempt {
    /// Counts a try of each, or of none. A right one makes `reset` forget those before it.
    ///
    /// # Errors
    /// [`model::Problem::TooMany`] while one of them is used up.
    pub async fn begin(ctx: &Context, counters: Vec<Counter>, reset: &'static [Throttle]) -> Result<Self> {
        let ctx = ctx.clone();
        // Dropped between its commit and its end, it would count for ever.
        let begin = async move {
            let reservation = Some(throttle::reserve(&ctx, counters).await?);
            Ok(Self { ctx, reservation, reset, verdict: Verdict::Unchecked })
        };
        tokio::spawn(begin).await?
    }

    /// The tries of this throttle by now, this one among them.
    pub fn count(&self, throttle: Throttle) -> i32 {
        self.reservation.as_ref().map_or(0, |reservation| reservation.count(throttle))
    }

    pub fn judge(&mut self, right: bool) {
        self.verdict = if right { Verdict::Right } else { Verdict::Wrong };
    }

    /// Gives back what does not count.
    pub async fn settle(mut self) -> Result<()> {
        match self.settlement() {
            Some(settlement) => tokio::spawn(settlement).await?,
            None => Ok(()),
        }
    }

    fn settlement(&mut self) -> Option<impl Future<Output = Result<()>> + Send + 'static> {
        let reservation = self.reservation.take()?;
        let reset = match self.verdict {
            Verdict::Wrong => return None,
            Verdict::Unchecked => &[],
            Verdict::Right => self.reset,
        };
        let ctx = self.ctx.clone();
        Some(async move { reservation.give_back(&ctx, reset).await })
    }
}

impl Drop for PasswordAttempt {
    fn drop(&mut self) {
        let Some(settlement) = self.settlement() else { return };
        // Without a runtime the server has stopped.
        let Ok(runtime) = Handle::try_current() else { return };
        runtime.spawn(async move {
            if let Err(error) = settlement.await {
                tracing::warn!(%error, "a password that was not checked stays counted");
            }
        });
    }
}
