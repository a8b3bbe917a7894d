//! The life of one call: the breaker admits it, a span and the observer follow it, the SDK sends it, and the outcome
//! settles all of them.

use super::breaker::{Permit, Sample};
use super::call::{CALL, Call};
use super::capacity::ConsumedCapacity;
use super::connection::DynamoDb;
use super::items::ItemSink;
use super::observer::{Facts, Observed, Outcome};
use super::operation::{Operation, PayloadOperation, SdkCall};
use super::payload::Payload;
use super::response::{Items, Response};
use super::route::HandOver;
use super::span;
use super::splice::{Splice, Splicer};
use crate::error::{CircuitOpen, Error, from_sdk};
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::RequestId;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};
use futures_util::FutureExt;
use futures_util::future::{Either, ready};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use tokio::time::Instant;
use tracing::{Instrument, Span};

impl DynamoDb {
    /// Sends a request without a payload, and ignores the items of its answer.
    pub(crate) async fn send<O: Operation>(&self, input: O) -> Result<O::Output, Error> {
        self.make(input, None, None).1.await
    }

    /// Sends a request without a payload, and hands the items of its answer to `sink`.
    pub(crate) fn send_reading<O: Operation, S: ItemSink>(
        &self,
        input: O,
        sink: S,
    ) -> impl Future<Output = Result<Response<O::Output, S>, Error>> + Send + 'static + use<O, S>
    {
        let items = if self.splices() && sink.wants_items() {
            Items::Spliced(Arc::new(Splicer::new::<O>(None, self.table_names(), sink)))
        } else {
            Items::ViaSdk(sink)
        };
        self.make_with_items(input, items, None)
    }

    /// Sends a request with `payload` in it, and hands the items of its answer to `sink`.
    ///
    /// `build` returns the input without the payload. It is called a second time if the payload cannot be spliced.
    pub(crate) fn send_writing<O: PayloadOperation, S: ItemSink, B>(
        &self,
        build: B,
        payload: Payload,
        sink: S,
    ) -> impl Future<Output = Result<Response<O::Output, S>, Error>> + Send + 'static + use<O, S, B>
    where
        B: Fn() -> Result<O, Error> + Send + 'static,
    {
        let made = build().and_then(|mut input| {
            if !self.splices() {
                input.put_payload(&payload)?;
                return Ok(self.make_with_items(input, Items::ViaSdk(sink), None));
            }
            let splicer = Splicer::new::<O>(Some(payload), self.table_names(), sink);
            let splicer = Arc::new(splicer);
            let kept = splicer.clone();
            let rebuild: Rebuild<O> = Box::new(move || {
                let payload = kept.refused()?;
                let with_payload = build().and_then(|mut input| {
                    input.put_payload(payload)?;
                    Ok(input)
                });
                Some(with_payload)
            });
            Ok(self.make_with_items(input, Items::Spliced(splicer), Some(rebuild)))
        });
        made_or_failed(made)
    }

    fn make_with_items<O: Operation, S: ItemSink>(
        &self,
        input: O,
        items: Items<S>,
        rebuild: Option<Rebuild<O>>,
    ) -> impl Future<Output = Result<Response<O::Output, S>, Error>> + Send + 'static + use<O, S>
    {
        let (call, made) = self.make(input, items.splice(), rebuild);
        made.map(move |output| Ok(Response::of::<O>(output?, items, &call)))
    }

    /// Makes the future of one call. If the splice is refused, nothing was sent, and the input of `rebuild` is sent instead.
    ///
    /// The SDK's future has several kilobytes. If there is a client already, the future is made here in a box of its own, so
    /// that no other future has the input in it, and nothing of that size is moved.
    fn make<O: Operation>(
        &self,
        mut input: O,
        splice: Option<Arc<dyn Splice>>,
        mut rebuild: Option<Rebuild<O>>,
    ) -> (
        Call,
        impl Future<Output = Result<O::Output, Error>> + Send + 'static + use<O>,
    ) {
        let db = self.clone();
        self.ask_for_capacity(&mut input);
        let call = Call::new(&mut input, self.table_names(), splice);
        let mut sending = self.sending(input, &call);
        let made = call.clone();
        let future = async move {
            let span = span::open(&call, db.name());
            let observed = db.observer().map(|observer| {
                Box::new(Observed {
                    observer,
                    client: db.name(),
                    call: call.clone(),
                    started: Instant::now(),
                    is_over: false,
                })
            });
            let started = (!span.is_disabled()).then(Instant::now);
            // `attempt` is awaited in one place, because each place makes the future larger. A result outside of the loop
            // would be kept during the second attempt, and is as large as the rest of the future.
            let result = loop {
                let result = db.attempt(sending, &call, &span).await;
                let Some(rebuild) = rebuild.take().filter(|_| result.is_err()) else {
                    break result;
                };
                match rebuild() {
                    Some(Ok(mut with_payload)) => {
                        db.ask_for_capacity(&mut with_payload);
                        with_payload.resolve_tables(db.table_names());
                        sending = db.sending(with_payload, &call);
                    }
                    Some(Err(e)) => break Err(e),
                    None => break result,
                }
            };
            let (facts, request_id) = match &result {
                Ok(output) => (db.facts::<O>(output, &call, &span), output.request_id()),
                Err(e) => (Facts::default(), e.request_id()),
            };
            let error = result.as_ref().err();
            let elapsed = started.map(|started| started.elapsed());
            span::close(&span, &call, elapsed, request_id, &facts, error);
            if let Some(observed) = observed {
                observed.end(error.map_or(Outcome::Done, Outcome::Failed), &facts);
            }
            result
        };
        (made, future)
    }

    /// Has the SDK send the input, if the circuit breaker admits the call, and tells the breaker the outcome.
    async fn attempt<O: Operation>(
        &self,
        sending: Sending<O>,
        call: &Call,
        span: &Span,
    ) -> Result<O::Output, Error> {
        let permit = span.in_scope(|| self.admit(call))?;
        let settled = |result| {
            permit.settle(Sample::of(&result));
            result
        };
        let not_sent =
            |e| from_sdk::<O::Error>(call.attempted(), SdkError::construction_failure(e));
        #[cfg(feature = "testing")]
        let sending = self.rehearsed(sending, call).await?;
        let mut sent = match sending {
            Sending::Begun(sent) => sent,
            Sending::Waiting(input) => {
                let connected = Box::pin(self.connected());
                let client = connected.instrument(span.clone()).await?;
                input.into_sdk_call(client)
            }
            Sending::Direct(mut direct) => {
                match poll_fn(|cx| span.in_scope(|| direct.as_mut().poll(cx))).await {
                    Ok(output) => {
                        return settled(
                            output
                                .downcast()
                                .map_err(|_| not_sent("the operation does not go direct".into())),
                        );
                    }
                    Err(handed_over) => match self.sdk_call::<O>(handed_over, call) {
                        Some(sent) => sent,
                        None => {
                            return settled(Err(not_sent(
                                "the operation does not go direct".into(),
                            )));
                        }
                    },
                }
            }
            Sending::Unbuilt(e) => return settled(Err(not_sent(e))),
        };
        let result = poll_fn(|cx| {
            span.in_scope(|| CALL.sync_scope(call.clone(), || sent.as_mut().poll(cx)))
        });
        let error = |e| from_sdk(call.attempted(), e);
        settled(result.await.map_err(error))
    }

    /// Returns the SDK's call whose first attempt is the one that is handed over.
    fn sdk_call<O: Operation>(&self, handed_over: HandOver, call: &Call) -> Option<SdkCall<O>> {
        let (client, _) = self.connected_already()?;
        call.hand_over(handed_over.body.try_clone()?, handed_over.was_sent());
        O::handed_over(call.table(), client, handed_over.into_config())
    }

    /// Asks for the capacity that is used, if the connection wants to know it.
    fn ask_for_capacity(&self, input: &mut impl Operation) {
        if self.asks_for_capacity() {
            input.ask_for_capacity();
        }
    }

    /// Reads from an answer what the meter, the observer and the span want to know.
    fn facts<O: Operation>(&self, output: &O::Output, call: &Call, span: &Span) -> Facts {
        let is_watched = self.observer().is_some() || !span.is_disabled();
        if !is_watched && self.meter().is_none() {
            return Facts::default();
        }
        let usage = O::usage(output);
        let consumed = match (usage.searched, call.index()) {
            (Some(bytes), Some(index)) => {
                Some(ConsumedCapacity::of_search(call.table(), index, bytes))
            }
            _ => ConsumedCapacity::of(usage.consumed),
        };
        if let (Some(meter), Some(consumed)) = (self.meter(), &consumed) {
            meter.add(consumed);
        }
        Facts {
            consumed,
            counts: usage.counts,
        }
    }

    /// Returns the breaker's permit, or the error of an open circuit.
    fn admit(&self, call: &Call) -> Result<Permit<'_>, Error> {
        self.circuit_breaker().admit().map_err(|time_left| {
            let refused = CircuitOpen::new(call.operation(), call.table(), time_left);
            Error::CircuitOpen(refused)
        })
    }

    /// Has the SDK begin a request of the operation that is not sent, if none was seen yet, so that this one goes direct.
    #[cfg(feature = "testing")]
    async fn rehearsed<O: Operation>(
        &self,
        sending: Sending<O>,
        call: &Call,
    ) -> Result<Sending<O>, Error> {
        let input = match sending {
            Sending::Waiting(input) if self.rehearses() && O::GOES_DIRECT => input,
            sending => return Ok(sending),
        };
        let _ = Box::pin(self.connected()).await?;
        if let Some((client, routes)) = self.connected_already()
            && routes.has_not_seen(O::NAME)
            && let Some(rehearsal) = O::handed_over(call.table(), client, None)
        {
            let _ = CALL.scope(call.rehearsal(), rehearsal).await;
        }
        Ok(self.sending(*input, call))
    }

    /// Begins to send: the bytes of a direct attempt, or the future of the SDK's call.
    fn sending<O: Operation>(&self, input: O, call: &Call) -> Sending<O> {
        let Some((client, routes)) = self.connected_already() else {
            return Sending::Waiting(Box::new(input));
        };
        #[cfg(feature = "testing")]
        if self.rehearses() && O::GOES_DIRECT && routes.has_not_seen(O::NAME) {
            return Sending::Waiting(Box::new(input));
        }
        let codec = if O::GOES_DIRECT { O::codec() } else { None };
        let (parts, codec) = match (routes.parts(O::NAME, codec.is_some(), call.table()), codec) {
            (Ok(parts), Some(codec)) => (parts, codec),
            _ => return Sending::Begun(input.into_sdk_call(client)),
        };
        match routes.prepare(parts, codec, Input::erase(input), call.splice()) {
            Ok(direct) => Sending::Direct(Box::pin(direct.send(call.clone()))),
            Err(e) => Sending::Unbuilt(e),
        }
    }
}

/// An input that is to be sent.
enum Sending<O: Operation> {
    /// The SDK has it.
    Begun(SdkCall<O>),
    /// The client is not made yet.
    Waiting(Box<O>),
    /// It is sent over the SDK's own parts.
    Direct(Pin<Box<dyn Future<Output = Result<Output, HandOver>> + Send>>),
    /// It cannot be written.
    Unbuilt(BoxError),
}

/// Returns the input with its payload as SDK values, or `None` if the splice was not refused.
type Rebuild<O> = Box<dyn FnOnce() -> Option<Result<O, Error>> + Send>;

/// Returns the future of a request, or a future of the error that kept it from being made.
pub(crate) fn made_or_failed<T>(
    made: Result<impl Future<Output = Result<T, Error>>, Error>,
) -> impl Future<Output = Result<T, Error>> {
    match made {
        Ok(made) => Either::Left(made),
        Err(e) => Either::Right(ready(e).map(Err)),
    }
}
