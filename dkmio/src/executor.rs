//! The one way to DynamoDB: every request of every verb goes through [`DynamoDb::call`].

mod answer;
mod background;
mod backoff;
mod breaker;
mod call;
mod capacity;
mod connection;
mod multi_request;
mod observer;
mod request;
mod response;
mod sdk_input;
mod span;
mod table_names;
mod wire;

use self::answer::Answer;
pub(crate) use self::background::Background;
pub(crate) use self::backoff::Backoff;
pub use self::breaker::{CircuitBreaker, CircuitBreakerConfig, CircuitState};
use self::breaker::{Permit, Sample};
use self::call::Call;
pub use self::capacity::{CapacityMeter, ConsumedCapacity, TableCapacity};
pub use self::connection::DynamoDb;
pub(crate) use self::connection::{ClientSource, Settings};
use self::observer::{Facts, Observed};
pub use self::observer::{Observation, Observer, Outcome};
pub(crate) use self::request::{PagedRequest, RawPage, Request, Sent};
use self::response::Receiving;
pub(crate) use self::response::Response;
pub use self::sdk_input::SdkInput;
pub(crate) use self::table_names::TableNames;
use self::wire::{CALL, Exchange, Wire};
pub(crate) use self::wire::{Carries, Holds, ItemSink, Payload, PutRun, TableKeys};
use crate::error::{CircuitOpen, Error, from_sdk};
use aws_sdk_dynamodb::operation::RequestId;
use futures_util::FutureExt;
use futures_util::future::{Either, ready};
use std::future::poll_fn;
use std::sync::Arc;
use tokio::time::Instant;
use tracing::{Instrument, Span};

impl DynamoDb {
    /// Makes one request that brings no items, and has none in it.
    pub(crate) async fn call<R: Request>(&self, request: R) -> Result<R::Output, Error> {
        self.make(request, None, None).1.await
    }

    /// Makes one request, and hands the items of its answer to `receive`.
    pub(crate) fn exchange<R: Carries, I: ItemSink>(
        &self,
        request: R,
        receive: I,
    ) -> impl Future<Output = Result<Response<R::Output, I>, Error>> + Send + 'static + use<R, I>
    {
        let receiving = self.receiving::<R, I>(receive);
        self.make_exchange(request, receiving, None)
    }

    /// The same where the rest of the answer says nothing.
    pub(crate) fn receive<R: Carries, I: ItemSink>(
        &self,
        request: R,
        receive: I,
    ) -> impl Future<Output = Result<I, Error>> + Send + 'static + use<R, I> {
        let receiving = self.receiving::<R, I>(receive);
        let (_, made) = self.make(request, receiving.wire(), None);
        made.map(|output| Ok(receiving.received::<R>(&mut output?)))
    }

    fn receiving<R: Carries, I: ItemSink>(&self, receive: I) -> Receiving<I> {
        if self.in_bytes() && receive.wants_items() {
            let exchange = Exchange::new::<R>(None, self.table_names(), receive);
            Receiving::Bytes(Arc::new(exchange))
        } else {
            Receiving::Values(receive)
        }
    }

    /// Makes one request with these items in it, and hands the items of its answer to `receive`.
    pub(crate) fn exchange_items<R: Holds + Clone, I: ItemSink>(
        &self,
        request: R,
        payload: Payload,
        receive: I,
    ) -> impl Future<Output = Result<Response<R::Output, I>, Error>> + Send + 'static + use<R, I>
    {
        self.exchange_built(move || Ok(request.clone()), payload, receive)
    }

    /// The same for a request that is built without its items, and again where they did not go into its bytes.
    pub(crate) fn exchange_built<R: Holds, I: ItemSink, B>(
        &self,
        build: B,
        payload: Payload,
        receive: I,
    ) -> impl Future<Output = Result<Response<R::Output, I>, Error>> + Send + 'static + use<R, I, B>
    where
        B: Fn() -> Result<R, Error> + Send + 'static,
    {
        let made = build().and_then(|mut request| {
            if !self.in_bytes() {
                request.hold(&payload)?;
                return Ok(self.make_exchange(request, Receiving::Values(receive), None));
            }
            let exchange = Exchange::new::<R>(Some(payload), self.table_names(), receive);
            let exchange = Arc::new(exchange);
            let kept = exchange.clone();
            let held: Held<R> = Box::new(move || {
                let payload = kept.not_filled()?;
                let held = build().and_then(|mut request| {
                    request.hold(payload)?;
                    Ok(request)
                });
                Some(held)
            });
            Ok(self.make_exchange(request, Receiving::Bytes(exchange), Some(held)))
        });
        made_or_failed(made)
    }

    fn make_exchange<R: Carries, I: ItemSink>(
        &self,
        request: R,
        receiving: Receiving<I>,
        held: Option<Held<R>>,
    ) -> impl Future<Output = Result<Response<R::Output, I>, Error>> + Send + 'static + use<R, I>
    {
        let (call, made) = self.make(request, receiving.wire(), held);
        made.map(move |output| Ok(Response::of::<R>(output?, receiving, &call)))
    }

    /// Makes one request: names the table, opens a span, sends, and says what became of it. Where its items did not go into
    /// its bytes, nothing was sent, and `held` returns the request with its items.
    ///
    /// The SDK's future is several kilobytes: it has a box of its own from the start where there is a client, so that nothing
    /// of that size is moved, and the request is in no other future.
    fn make<R: Request>(
        &self,
        mut request: R,
        wire: Option<Arc<dyn Wire>>,
        mut held: Option<Held<R>>,
    ) -> (
        Call,
        impl Future<Output = Result<R::Output, Error>> + Send + 'static + use<R>,
    ) {
        let db = self.clone();
        self.ask(&mut request);
        let call = Call::new(&mut request, self.table_names(), wire);
        let mut sending = self.sending(request);
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
            // One place that sends, as each makes the future larger.
            // A result outside the loop would be kept while the request is sent, and is as large as all the rest.
            let result = loop {
                let result = db.send(sending, &call, &span).await;
                let Some(held) = held.take().filter(|_| result.is_err()) else {
                    break result;
                };
                match held() {
                    Some(Ok(mut with_items)) => {
                        db.ask(&mut with_items);
                        with_items.resolve_tables(db.table_names());
                        sending = db.sending(with_items);
                    }
                    Some(Err(e)) => break Err(e),
                    None => break result,
                }
            };
            let (facts, request_id) = match &result {
                Ok(output) => (db.facts(output, &span), output.request_id()),
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

    /// Sends a request, if the circuit breaker lets it pass, and takes note of what became of it.
    async fn send<R: Request>(
        &self,
        sending: Sending<R>,
        call: &Call,
        span: &Span,
    ) -> Result<R::Output, Error> {
        let permit = span.in_scope(|| self.admit(call))?;
        let mut sent = match sending {
            Sending::Begun(sent) => sent,
            Sending::Waiting(request) => {
                let connected = Box::pin(self.connected());
                let client = connected.instrument(span.clone()).await?;
                request.send(client)
            }
        };
        let result = poll_fn(|cx| {
            span.in_scope(|| CALL.sync_scope(call.clone(), || sent.as_mut().poll(cx)))
        });
        let error = |e| from_sdk(call.attempted(), e);
        let result = result.await.map_err(error);
        permit.settle(Sample::of(&result));
        result
    }

    /// Asks for what this connection wants to know.
    fn ask(&self, request: &mut impl Request) {
        if self.asks_for_capacity() {
            request.ask_for_capacity();
        }
    }

    /// Reads what somebody wants to know of an answer.
    fn facts(&self, output: &impl Answer, span: &Span) -> Facts {
        let is_watched = self.observer().is_some() || !span.is_disabled();
        if !is_watched && self.meter().is_none() {
            return Facts::default();
        }
        let consumed = ConsumedCapacity::of(output.consumed());
        if let (Some(meter), Some(consumed)) = (self.meter(), &consumed) {
            meter.add(consumed);
        }
        Facts {
            consumed,
            counts: output.counts(),
        }
    }

    /// Lets the call pass, if the circuit breaker does.
    fn admit(&self, call: &Call) -> Result<Permit<'_>, Error> {
        self.circuit_breaker().admit().map_err(|time_left| {
            let refused = CircuitOpen::new(call.operation(), call.table(), time_left);
            Error::CircuitOpen(refused)
        })
    }

    fn sending<R: Request>(&self, request: R) -> Sending<R> {
        match self.connected_already() {
            Some(client) => Sending::Begun(request.send(client)),
            None => Sending::Waiting(Box::new(request)),
        }
    }
}

/// A request on its way.
enum Sending<R: Request> {
    Begun(Sent<R>),
    /// There is no client yet.
    Waiting(Box<R>),
}

/// Returns the request with its items, where those did not go into its bytes.
type Held<R> = Box<dyn FnOnce() -> Option<Result<R, Error>> + Send>;

/// The future of a request, or of why there is none.
pub(crate) fn made_or_failed<T>(
    made: Result<impl Future<Output = Result<T, Error>>, Error>,
) -> impl Future<Output = Result<T, Error>> {
    match made {
        Ok(made) => Either::Left(made),
        Err(e) => Either::Right(ready(e).map(Err)),
    }
}
