//! Each status that is documented, and what brings it about.

use super::{Service, is_problem, new_order, order};
use dkmio::testing::{Fault, OperationName};
use orders_service::{ApiDoc, ApiError, OrderPage, OrderStatus};
use reqwest::StatusCode;
use utoipa::OpenApi;

#[tokio::test]
async fn an_order_is_placed_once() {
    let service = Service::start(3).await;
    let first = service.create("o1", &new_order("ada")).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    assert_eq!(first.headers()["location"], "/orders/o1");
    let placed = order(first).await;
    assert_eq!(placed.total_cents, 2100);
    let again = service.create("o1", &new_order("ada")).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(order(again).await, placed);
    let other = service.create("o1", &new_order("grace")).await;
    is_problem(other, StatusCode::CONFLICT, "conflict").await;
    assert_eq!(order(service.get("/orders/o1").await).await, placed);
}

#[tokio::test]
async fn what_is_wrong_is_400() {
    let service = Service::start(3).await;
    let no_lines = orders_service::NewOrder {
        lines: Vec::new(),
        ..new_order("ada")
    };
    let mut free = new_order("ada");
    free.lines[0].quantity = 0;
    for (key, body) in [("o1", &no_lines), ("o1", &free), ("", &new_order("ada"))] {
        let response = service.create(key, body).await;
        is_problem(response, StatusCode::BAD_REQUEST, "invalid").await;
    }
    let url = format!("{}/orders", service.url);
    for body in ["{", "{\"customer\":1}", "[]"] {
        let request = service.client.post(&url).body(body);
        let request = request.header("content-type", "application/json");
        let response = request
            .header("idempotency-key", "o1")
            .send()
            .await
            .unwrap();
        is_problem(response, StatusCode::BAD_REQUEST, "invalid").await;
    }
    for path in [
        "/orders",
        "/orders?status=lost",
        "/orders?status=pending&limit=0",
        "/orders?status=pending&limit=101",
        "/orders?status=pending&cursor=forged",
        "/orders?status=pending&page=2",
    ] {
        let response = service.get(path).await;
        is_problem(response, StatusCode::BAD_REQUEST, "invalid").await;
    }
    let long = "x".repeat(3000);
    let response = service.get(&format!("/orders/{long}")).await;
    is_problem(response, StatusCode::BAD_REQUEST, "invalid").await;
}

#[tokio::test]
async fn bodies_and_routes_have_limits() {
    let service = Service::start(3).await;
    let mut large = new_order("ada");
    large.customer = "x".repeat(200 * 1024);
    let response = service.create("o1", &large).await;
    is_problem(response, StatusCode::PAYLOAD_TOO_LARGE, "too_large").await;
    let request = service
        .client
        .post(format!("{}/orders", service.url))
        .body("x=1");
    let response = request.send().await.unwrap();
    is_problem(
        response,
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported_media_type",
    )
    .await;
    is_problem(
        service.get("/nothing").await,
        StatusCode::NOT_FOUND,
        "not_found",
    )
    .await;
    let response = service.post("/health").await;
    is_problem(
        response,
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
    )
    .await;
}

#[tokio::test]
async fn an_order_is_shipped_or_cancelled() {
    let service = Service::start(3).await;
    for path in ["/orders/o9", "/orders/o9/ship", "/orders/o9/cancel"] {
        let response = match path {
            "/orders/o9" => service.get(path).await,
            _ => service.post(path).await,
        };
        is_problem(response, StatusCode::NOT_FOUND, "not_found").await;
    }
    for (key, to, other) in [("o1", "ship", "cancel"), ("o2", "cancel", "ship")] {
        service.create(key, &new_order("ada")).await;
        let path = format!("/orders/{key}/{to}");
        let turned = order(service.post(&path).await).await;
        assert_ne!(turned.status, OrderStatus::Pending);
        assert_eq!(order(service.post(&path).await).await, turned);
        let response = service.post(&format!("/orders/{key}/{other}")).await;
        is_problem(response, StatusCode::CONFLICT, "conflict").await;
    }
}

#[tokio::test]
async fn pages_lead_to_all_orders() {
    let service = Service::start(3).await;
    for n in 0..7 {
        service.create(&format!("o{n}"), &new_order("ada")).await;
    }
    service.post("/orders/o3/cancel").await;
    let mut ids = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/orders?status=pending&limit=4&cursor={cursor}");
        let page: OrderPage = service.get(&path).await.json().await.unwrap();
        ids.extend(page.orders.into_iter().map(|order| order.id));
        match page.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    ids.sort();
    assert_eq!(ids, ["o0", "o1", "o2", "o4", "o5", "o6"]);
    assert!(!cursor.is_empty(), "there was one page only");
    let foreign = format!("/orders?status=shipped&cursor={cursor}");
    is_problem(
        service.get(&foreign).await,
        StatusCode::BAD_REQUEST,
        "invalid",
    )
    .await;
}

#[tokio::test]
async fn faults_become_statuses() {
    let service = Service::start(1).await;
    let faults = service.test.faults();
    for (fault, status, code) in [
        (
            Fault::Throttled,
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
        ),
        (
            Fault::Unavailable,
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
        ),
        (
            Fault::ConnectionRefused,
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
        ),
        (
            Fault::Timeout,
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
        ),
        (
            Fault::Code(400, "AccessDeniedException"),
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
        ),
    ] {
        faults.inject(fault.on(OperationName::GetItem));
        let response = service.get("/orders/o1").await;
        let again = response.headers().get("retry-after").cloned();
        assert_eq!(again.is_some(), code != "internal", "{fault:?}");
        is_problem(response, status, code).await;
    }
}

#[tokio::test]
async fn a_lost_answer_is_not_a_lost_order() {
    let service = Service::start(1).await;
    service
        .test
        .faults()
        .inject(Fault::AnswerLost.on(OperationName::PutItem));
    let response = service.create("o1", &new_order("ada")).await;
    is_problem(response, StatusCode::SERVICE_UNAVAILABLE, "unavailable").await;
    let response = service.create("o1", &new_order("ada")).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn health_knows_when_the_circuit_is_open() {
    let service = Service::start(1).await;
    assert_eq!(service.get("/health").await.status(), StatusCode::OK);
    service.test.faults().inject(Fault::Unavailable.always());
    let mut open = None;
    for _ in 0..50 {
        service.get("/orders/o1").await;
        let health = service.get("/health").await;
        if health.status() == StatusCode::SERVICE_UNAVAILABLE {
            open = health.headers().get("retry-after").cloned();
            break;
        }
    }
    assert!(open.is_some(), "the circuit did not open");
}

#[tokio::test]
async fn requests_have_ids() {
    let service = Service::start(1).await;
    let response = service.get("/health").await;
    assert!(!response.headers()["x-request-id"].is_empty());
    let request = service.client.get(format!("{}/health", service.url));
    let response = request.header("x-request-id", "mine").send().await.unwrap();
    assert_eq!(response.headers()["x-request-id"], "mine");
}

#[tokio::test]
async fn the_document_has_each_route() {
    let service = Service::start(1).await;
    let document: serde_json::Value = service.get("/openapi.json").await.json().await.unwrap();
    let paths = document["paths"].as_object().unwrap();
    let paths: Vec<&str> = paths.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "/health",
            "/orders",
            "/orders/{id}",
            "/orders/{id}/cancel",
            "/orders/{id}/ship"
        ]
    );
    assert_eq!(ApiDoc::openapi().paths.paths.len(), paths.len());
}

#[test]
fn each_error_has_a_status() {
    use dkmio::testing::error;
    let status = |error| ApiError::from(error).status().as_u16();
    assert_eq!(status(error::item_missing()), 404);
    assert_eq!(status(error::condition_failed()), 409);
    assert_eq!(status(error::throttled()), 429);
    assert_eq!(status(error::unprocessed(0)), 503);
    assert_eq!(status(error::timeout(OperationName::PutItem)), 503);
    assert_eq!(status(error::unavailable(OperationName::GetItem)), 503);
    assert_eq!(
        status(error::circuit_open(std::time::Duration::from_secs(5))),
        503
    );
    assert_eq!(status(error::transaction_conflict()), 503);
    assert_eq!(status(error::invalid_cursor()), 400);
    assert_eq!(status(error::invalid_key()), 400);
    assert_eq!(status(error::table_not_found()), 500);
    assert_eq!(status(error::decode("total_cents")), 500);
    assert_eq!(status(error::configuration()), 500);
}
