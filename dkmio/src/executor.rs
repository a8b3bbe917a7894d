//! The one way to DynamoDB: every request of every verb goes through [`DynamoDb::call`].

mod answer;
mod breaker;
mod call;
mod capacity;
mod connection;
mod multi_request;
mod observer;
mod reading;
mod request;
mod retry;
mod span;
mod tables;
mod wire;

use self::answer::Answer;
pub use self::breaker::{CircuitBreaker, CircuitBreakerConfig, CircuitState};
use self::breaker::{Permit, Sample};
use self::call::Call;
pub use self::capacity::{CapacityMeter, ConsumedCapacity, TableCapacity};
pub use self::connection::DynamoDb;
pub(crate) use self::connection::{ClientSource, Settings};
use self::observer::{Facts, Observed};
pub use self::observer::{Observation, Observer, Outcome};
pub(crate) use self::reading::Reading;
pub(crate) use self::request::{PagedRequest, RawPage, Request};
pub(crate) use self::retry::Backoff;
pub(crate) use self::tables::TableNames;
pub(crate) use self::wire::{BatchGetEntry, BatchWriteEntry, Carries, Holds, Payload, Receive};
use self::wire::{CALL, Exchange, Wire};
use crate::error::{CircuitOpen, Error, from_sdk};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::RequestId;
use std::sync::Arc;
use tokio::time::Instant;
use tracing::Instrument;

impl DynamoDb {
    /// Makes one request that brings no items, and has none in it.
    pub(crate) async fn call<R: Request>(&self, request: R) -> Result<R::Output, Error> {
        Ok(Box::pin(self.make(request, None, || None)).await?.0)
    }

    /// Makes one request, and hands the items of its answer to `receive`.
    pub(crate) async fn exchange<R: Carries, I: Receive>(
        &self,
        request: R,
        receive: I,
    ) -> Result<Exchanged<R::Output, I>, Error> {
        if !self.in_bytes() {
            return self.exchange_values(request, receive).await;
        }
        let exchange = Arc::new(Exchange::new::<R>(None, self.table_names(), receive));
        let made = self.make(request, Some(exchange.clone()), || None);
        let (output, call) = Box::pin(made).await?;
        Ok(Exchanged::of::<R>(output, &exchange, &call))
    }

    /// Makes one request with these items in it, and hands the items of its answer to `receive`.
    pub(crate) async fn exchange_items<R: Holds, I: Receive>(
        &self,
        mut request: R,
        payload: Payload,
        receive: I,
    ) -> Result<Exchanged<R::Output, I>, Error> {
        if !self.in_bytes() {
            request.hold(&payload)?;
            return self.exchange_values(request, receive).await;
        }
        let exchange = Exchange::new::<R>(Some(payload), self.table_names(), receive);
        let exchange = Arc::new(exchange);
        let stubs = request.clone();
        let held = || {
            let payload = exchange.not_filled()?;
            Some(request.hold(payload).map(|()| request))
        };
        let made = self.make(stubs, Some(exchange.clone()), held);
        let (output, call) = Box::pin(made).await?;
        Ok(Exchanged::of::<R>(output, &exchange, &call))
    }

    /// Makes one request whose items, on both ways, are the SDK's values.
    async fn exchange_values<R: Carries, I: Receive>(
        &self,
        request: R,
        mut receive: I,
    ) -> Result<Exchanged<R::Output, I>, Error> {
        let made = self.make(request, None, || None);
        let (mut output, call) = Box::pin(made).await?;
        R::items(&mut output, &mut receive);
        Ok(Exchanged {
            output,
            received: receive,
            unanswered: call.unanswered(),
        })
    }

    /// Makes one request: names the table, opens a span, sends, and says what became of it. Where its items did not go into
    /// its bytes, nothing was sent, and `held` returns the request with its items.
    ///
    /// To be boxed: the SDK's future is several kilobytes, and would be part of each future above it.
    async fn make<R: Request>(
        &self,
        mut request: R,
        wire: Option<Arc<dyn Wire>>,
        held: impl FnOnce() -> Option<Result<R, Error>> + Send,
    ) -> Result<(R::Output, Call), Error> {
        let table = self.address(&mut request);
        let span = span::open(&request, &table, self.name());
        let call = Call::new::<R>(table, wire);
        let observed = self.observer().map(|observer| Observed {
            observer,
            client: self.name(),
            index: request.index().map(str::to_owned),
            call: call.clone(),
            started: Instant::now(),
            is_over: false,
        });
        let started = (!span.is_disabled()).then(Instant::now);
        let mut held = Some(held);
        // One place that sends, as each makes the future larger.
        let result = loop {
            let result = match self.admit(&call).instrument(span.clone()).await {
                Ok((client, permit)) => {
                    let sent = CALL.scope(call.clone(), request.send(client));
                    let result = sent.instrument(span.clone()).await;
                    let error = |e| from_sdk(R::OPERATION, call.table(), e, call.unanswered());
                    let result = result.map_err(error);
                    permit.settle(Sample::of(&result));
                    result
                }
                Err(e) => Err(e),
            };
            match (&result, held.take()) {
                (Err(_), Some(held)) => match held() {
                    Some(Ok(with_items)) => request = with_items,
                    Some(Err(e)) => break Err(e),
                    None => break result,
                },
                _ => break result,
            }
            self.address(&mut request);
        };
        let (facts, request_id) = match &result {
            Ok(output) => (self.facts(output, &span), output.request_id()),
            Err(e) => (Facts::default(), e.request_id()),
        };
        let error = result.as_ref().err();
        let elapsed = started.map(|started| started.elapsed());
        span::close(&span, &call, elapsed, request_id, &facts, error);
        if let Some(observed) = observed {
            observed.end(error.map_or(Outcome::Done, Outcome::Failed), &facts);
        }
        result.map(|output| (output, call))
    }

    /// Gives a request what it has of this connection; returns the names of its tables.
    fn address(&self, request: &mut impl Request) -> String {
        if self.asks_for_capacity() {
            request.ask_for_capacity();
        }
        request.resolve_tables(self.table_names())
    }

    /// Reads what somebody wants to know of an answer.
    fn facts(&self, output: &impl Answer, span: &tracing::Span) -> Facts {
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

    /// Returns the client to send with, if the circuit breaker lets the call pass.
    async fn admit(&self, call: &Call) -> Result<(&Client, Permit<'_>), Error> {
        let permit = self.circuit_breaker().admit().map_err(|time_left| {
            let refused = CircuitOpen::new(call.operation(), call.table(), time_left);
            Error::CircuitOpen(refused)
        })?;
        Ok((self.connected().await?, permit))
    }
}

/// What a request brought.
pub(crate) struct Exchanged<O, I> {
    /// The answer, without its items.
    pub(crate) output: O,
    pub(crate) received: I,
    /// Whether an attempt before the answered one may have been done.
    pub(crate) unanswered: bool,
}

impl<O, I: Receive> Exchanged<O, I> {
    fn of<R: Carries<Output = O>>(mut output: O, exchange: &Exchange<I>, call: &Call) -> Self {
        let received = exchange.full().unwrap_or_else(|| {
            let mut receive = exchange.empty();
            // The SDK has read them after all.
            R::items(&mut output, &mut receive);
            receive
        });
        Self {
            output,
            received,
            unanswered: call.unanswered(),
        }
    }
}
