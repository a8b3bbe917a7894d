//! Reads the body of an answer, guarded against a stall as the SDK guards it.

use crate::executor::sdk_parts::SdkParts;
use aws_smithy_runtime::client::http::body::minimum_throughput::MinimumThroughputDownloadBody;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::{Error as BodyError, SdkBody};
use bytes::Bytes;
use http_body::{Body, Frame};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Reads the body into memory. Returns `false` if it broke off: then the answer has a body that breaks off.
pub(super) async fn read(answer: &mut HttpResponse, parts: &SdkParts) -> bool {
    if answer.body().bytes().is_some() {
        return true;
    }
    let mut body = std::mem::replace(answer.body_mut(), SdkBody::taken());
    let mut is_guarded = false;
    let mut first: Option<Bytes> = None;
    let mut all: Vec<u8> = Vec::new();
    let ended = loop {
        let frame = poll_fn(|cx| {
            let polled = Pin::new(&mut body).poll_frame(cx);
            if polled.is_ready() || is_guarded {
                return polled;
            }
            // The guard is put around it only once there is something to wait for, because it costs as much as the rest.
            is_guarded = true;
            body = guarded(std::mem::replace(&mut body, SdkBody::taken()), parts);
            Pin::new(&mut body).poll_frame(cx)
        });
        match frame.await {
            None => break Ok(()),
            Some(Err(e)) => break Err(e),
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else {
                    continue;
                };
                match first.take() {
                    None if all.is_empty() => first = Some(data),
                    None => all.extend_from_slice(&data),
                    Some(first) => {
                        all.reserve(first.len() + data.len());
                        all.extend_from_slice(&first);
                        all.extend_from_slice(&data);
                    }
                }
            }
        }
    };
    let is_whole = ended.is_ok();
    *answer.body_mut() = match ended {
        Ok(()) => first.map_or_else(|| SdkBody::from(all), SdkBody::from),
        Err(e) => SdkBody::from_body_1_x(Broken(Some(e))),
    };
    is_whole
}

fn guarded(body: SdkBody, parts: &SdkParts) -> SdkBody {
    match (&parts.stalled, &parts.sleep) {
        (Some(stalled), Some(sleep)) => SdkBody::from_body_1_x(MinimumThroughputDownloadBody::new(
            parts.clock.clone(),
            sleep.clone(),
            body,
            stalled.clone().into(),
        )),
        _ => body,
    }
}

/// A body that breaks off.
struct Broken(Option<BodyError>);

impl Body for Broken {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        Poll::Ready(self.0.take().map(Err))
    }
}
