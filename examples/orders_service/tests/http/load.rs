//! Many clients while DynamoDB fails at random: no status that is not documented, no order lost or made twice.

use super::{Service, new_order, order};
use futures_util::StreamExt;
use futures_util::stream::iter;
use orders_service::{OrderStatus, Orders};
use reqwest::StatusCode;
use std::collections::HashMap;

/// Clients at a time.
const CONCURRENCY: usize = 64;

/// Orders that are placed, each by requests until one is answered, then read, and shipped, cancelled or listed.
const ORDERS: usize = 2_800;

/// Sends a request until its answer is one that does not ask to send it again.
async fn until_answered<F: Future<Output = reqwest::Response>>(
    sent: &std::sync::atomic::AtomicUsize,
    request: impl Fn() -> F,
) -> reqwest::Response {
    for _ in 0..100 {
        sent.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let response = request().await;
        match response.status() {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                assert!(response.headers().contains_key("retry-after"));
                // A real client waits as long as it is told.
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            StatusCode::OK | StatusCode::CREATED => return response,
            other => panic!("{other} is not documented for this request"),
        }
    }
    panic!("no answer in 100 requests");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_requests_lose_and_double_nothing() {
    let service = Service::start(1).await;
    let faults = service.test.faults();
    faults.without_log();
    faults.random(7, 0.02);
    let sent = std::sync::atomic::AtomicUsize::new(0);
    let orders = iter(0..ORDERS).map(|n| {
        let (service, sent) = (&service, &sent);
        async move {
            let id = format!("o{n}");
            let new = new_order(&format!("customer {}", n % 100));
            let placed = order(until_answered(sent, || service.create(&id, &new)).await).await;
            assert_eq!(placed.id, id);
            let path = format!("/orders/{id}");
            let read = order(until_answered(sent, || service.get(&path)).await).await;
            assert_eq!(read, placed);
            let (verb, status) = match n % 3 {
                0 => ("ship", OrderStatus::Shipped),
                1 => ("cancel", OrderStatus::Cancelled),
                _ => return (id, until_listed(service, sent, placed).await),
            };
            let path = format!("/orders/{id}/{verb}");
            let turned = order(until_answered(sent, || service.post(&path)).await).await;
            assert_eq!(turned.status, status);
            let path = format!("/orders/{id}");
            assert_eq!(
                order(until_answered(sent, || service.get(&path)).await).await,
                turned
            );
            (id, turned)
        }
    });
    let expected: HashMap<String, Orders> = orders.buffer_unordered(CONCURRENCY).collect().await;
    let there = Orders::scan()
        .fetch_all(&service.test.db_without_faults())
        .await;
    let there: HashMap<String, Orders> = there
        .unwrap()
        .into_iter()
        .map(|order| (order.id.clone(), order))
        .collect();
    assert_eq!(there.len(), ORDERS);
    assert!(there == expected, "an order is not what was answered last");
    let sent = sent.into_inner();
    assert!(sent >= 10_000, "only {sent} requests");
}

/// Lists the pending orders once, and leaves the order as it is.
async fn until_listed(
    service: &Service,
    sent: &std::sync::atomic::AtomicUsize,
    placed: Orders,
) -> Orders {
    let path = "/orders?status=pending&limit=5";
    let response = until_answered(sent, || service.get(path)).await;
    let page: orders_service::OrderPage = response.json().await.unwrap();
    assert!(
        page.orders
            .iter()
            .all(|order| order.status == OrderStatus::Pending)
    );
    placed
}
