//! A request's body that ends: by size, by silence, or because it takes too long as a whole.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, sleep_until};

/// Bytes that each further second of an upload must bring.
const BYTES_A_SECOND: u64 = 64 * 1024;

/// Why a body was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyTrouble {
    /// More than the limit.
    #[error("body too large")]
    TooLarge,
    /// Too slow.
    #[error("body too slow")]
    TooSlow,
    /// The connection broke, or the framing is wrong.
    #[error("body broken")]
    Broken,
}

/// What a body may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Bytes at most.
    pub(crate) bytes: u64,
    /// Silence at most.
    pub(crate) pause: Duration,
    /// The whole at most, for a small body.
    pub(crate) whole: Duration,
}

/// A body under its allowance.
pub(crate) struct Guarded<B> {
    inner: B,
    allowance: Allowance,
    taken: u64,
    begun: Instant,
    silence: Pin<Box<Sleep>>,
    end: Pin<Box<Sleep>>,
}

impl<B> Guarded<B> {
    pub(crate) fn new(inner: B, allowance: Allowance) -> Guarded<B> {
        let begun = Instant::now();
        Guarded {
            inner,
            allowance,
            taken: 0,
            begun,
            silence: Box::pin(sleep(allowance.pause)),
            end: Box::pin(sleep_until(begun + allowance.whole)),
        }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Guarded<B> {
    type Data = Bytes;
    type Error = BodyTrouble;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyTrouble>>> {
        let this = &mut *self;
        let next = match Pin::new(&mut this.inner).poll_frame(cx) {
            Poll::Ready(next) => next,
            Poll::Pending => {
                if this.end.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(Some(Err(BodyTrouble::TooSlow)));
                }
                ready!(this.silence.as_mut().poll(cx));
                return Poll::Ready(Some(Err(BodyTrouble::TooSlow)));
            }
        };
        let Some(frame) = next else { return Poll::Ready(None) };
        let Ok(frame) = frame else { return Poll::Ready(Some(Err(BodyTrouble::Broken))) };
        if let Some(data) = frame.data_ref() {
            this.taken += data.len() as u64;
            if this.taken > this.allowance.bytes {
                return Poll::Ready(Some(Err(BodyTrouble::TooLarge)));
            }
            let now = Instant::now();
            this.silence.as_mut().reset(now + this.allowance.pause);
            let earned = Duration::from_secs(this.taken / BYTES_A_SECOND);
            this.end.as_mut().reset(this.begun + this.allowance.whole + earned);
            if now > this.begun + this.allowance.whole + earned {
                return Poll::Ready(Some(Err(BodyTrouble::TooSlow)));
            }
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
