use futures::FutureExt;
use std::{future::Future, pin::pin, task::Poll};

/// Drops a future after so many polls, as a server does when the browser has gone; `None` then.
pub async fn give_up_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut left = polls;
    let mut future = pin!(future);
    std::future::poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.poll_unpin(cx) {
            Poll::Ready(answer) => Poll::Ready(Some(answer)),
            // The next poll finds nothing left, and need not wait to be woken.
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Polls a future again and again without waiting for anything, so that it comes as far as it can
/// while others stand still.
pub async fn push_on<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    for _ in 0..20_000 {
        if let Poll::Ready(answer) = futures::poll!(&mut *future) {
            return Some(answer);
        }
        tokio::task::yield_now().await;
    }
    None
}
