//! Answers whose bodies come slowly, on a clock that a test can pause.

use aws_smithy_async::time::TimeSource;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, Sleep};

/// Before each part of a body.
pub(crate) const PAUSE: Duration = Duration::from_millis(10);

/// How a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Whole,
    Never,
    Reset,
}

/// A body that comes in parts, one each so often.
pub(crate) struct Slow {
    parts: VecDeque<Bytes>,
    pause: Duration,
    sleep: Pin<Box<Sleep>>,
    end: End,
}

impl Slow {
    pub(crate) fn body(
        parts: impl IntoIterator<Item = Bytes>,
        pause: Duration,
        end: End,
    ) -> SdkBody {
        SdkBody::from_body_1_x(Self {
            parts: parts.into_iter().collect(),
            pause,
            sleep: Box::pin(tokio::time::sleep(pause)),
            end,
        })
    }
}

impl Body for Slow {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.parts.is_empty() {
            return match self.end {
                End::Whole => Poll::Ready(None),
                End::Never => Poll::Pending,
                End::Reset => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            };
        }
        if self.sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let next = Instant::now() + self.pause;
        self.sleep.as_mut().reset(next);
        Poll::Ready(self.parts.pop_front().map(|part| Ok(Frame::data(part))))
    }
}

/// The SDK's clock, as tokio has it: it can be paused.
#[derive(Debug)]
pub(crate) struct Clock {
    epoch: SystemTime,
    start: Instant,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self {
            epoch: SystemTime::now(),
            start: Instant::now(),
        }
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        self.epoch + self.start.elapsed()
    }
}
