//! A program's own interceptors, on a client that it gives to dkmio.

use crate::signed::{assert_signed, write_everything};
use crate::tables::{item, key};
use dkmio::aws_sdk_dynamodb::config::interceptors::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use dkmio::aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use dkmio::aws_sdk_dynamodb::operation::query::QueryOutput;
use dkmio::{Error, codec};
use dkmio_tests::canned::{Canned, connection, json};
use dkmio_tests::orders::Orders;
use std::sync::{Arc, Mutex};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What an interceptor saw.
#[derive(Debug, Default)]
struct Seen {
    /// The bodies at transmission, one for each attempt.
    sent: Vec<Vec<u8>>,
    /// The answers' bodies.
    answers: Vec<Vec<u8>>,
    /// `Count` of a query's output, and how many items are in it.
    outputs: Vec<(i32, Option<usize>)>,
}

/// Looks on.
#[derive(Clone, Debug, Default)]
struct Spy(Arc<Mutex<Seen>>);

impl Intercept for Spy {
    fn name(&self) -> &'static str {
        "spy"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.request().body().bytes().unwrap().to_vec();
        self.0.lock().unwrap().sent.push(body);
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response().body().bytes().unwrap().to_vec();
        self.0.lock().unwrap().answers.push(body);
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let output = context.output_or_error().and_then(Result::ok);
        if let Some(output) = output.and_then(|output| output.downcast_ref::<QueryOutput>()) {
            let items = output.items.as_ref().map(Vec::len);
            self.0.lock().unwrap().outputs.push((output.count, items));
        }
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn an_interceptor_sees_the_whole_request_of_each_attempt() {
    for has_codec in [true, false] {
        let canned = Canned::new(|at, _| match at % 2 {
            0 => json(500, "{}"),
            _ => json(200, "{}"),
        });
        let spy = Spy::default();
        let config = canned.config().interceptor(spy.clone());
        write_everything(&connection(config, has_codec)).await;
        let sent: Vec<Vec<u8>> = canned.sent().into_iter().map(|sent| sent.body).collect();
        assert_eq!(sent.len(), 8);
        assert_eq!(spy.0.lock().unwrap().sent, sent);
    }
}

/// Of the items in an answer it sees the bytes; in the output it sees them only without the codec.
#[tokio::test]
async fn an_interceptor_sees_an_output_without_its_items() {
    for has_codec in [true, false] {
        let items = [1, 2].map(|at| codec::to_json(&item(at)).unwrap());
        let body = format!(r#"{{"Items":[{}],"Count":2}}"#, items.join(","));
        let answer = body.clone();
        let canned = Canned::new(move |_, _| json(200, answer.clone()));
        let spy = Spy::default();
        let config = canned.config().interceptor(spy.clone());
        let query = Orders::query("usr_1");
        let page = query.execute(&connection(config, has_codec)).await.unwrap();
        assert_eq!(page.items(), [item(1), item(2)]);
        let seen = spy.0.lock().unwrap();
        assert_eq!(seen.answers, [body.into_bytes()]);
        let in_output = (!has_codec).then_some(2);
        assert_eq!(seen.outputs, [(2, in_output)], "codec {has_codec}");
    }
}

/// Adds a header before the request is signed.
#[derive(Debug)]
struct Header;

impl Intercept for Header {
    fn name(&self) -> &'static str {
        "header"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        headers.insert("x-tenant", "one");
        Ok(())
    }
}

#[tokio::test]
async fn a_header_that_an_interceptor_adds_is_sent_and_signed() {
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, "{}"));
        let config = canned.config().interceptor(Header);
        write_everything(&connection(config, has_codec)).await;
        for sent in canned.sent() {
            assert_eq!(sent.header("x-tenant"), Some("one"));
            let authorization = sent.header("authorization").unwrap();
            assert!(authorization.contains(";x-tenant"), "{authorization}");
            assert_signed(&sent);
        }
    }
}

/// Refuses to send anything.
#[derive(Debug)]
struct Refusal;

impl Intercept for Refusal {
    fn name(&self) -> &'static str {
        "refusal"
    }

    fn modify_before_signing(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("not today".into())
    }
}

#[tokio::test]
async fn what_an_interceptor_refuses_is_not_sent() {
    let mut errors = Vec::new();
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, "{}"));
        let db = connection(canned.config().interceptor(Refusal), has_codec);
        let put = Orders::put(&item(1)).execute(&db).await;
        let get = Orders::get(key(1)).execute(&db).await.map(drop);
        errors.extend([put, get].map(|result| printed_error(&result.unwrap_err())));
        assert!(canned.sent().is_empty());
    }
    assert!(
        errors.iter().all(|text| text.contains("not today")),
        "{errors:?}"
    );
    assert_eq!(errors[..2], errors[2..]);
}

fn printed_error(error: &Error) -> String {
    format!("{:?} {}", error.kind(), crate::printed(error))
}
