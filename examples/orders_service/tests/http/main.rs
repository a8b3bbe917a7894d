//! The service over HTTP, by a real client on a real socket: what it answers, also when DynamoDB fails.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod load;
mod statuses;

use dkmio::testing::TestDatabase;
use orders_service::{App, CursorKey, Line, NewOrder, Orders, router};
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

/// The service on a port of its own, and the database behind it.
struct Service {
    test: TestDatabase,
    url: String,
    client: Client,
}

impl Service {
    /// Starts it. The SDK makes this many attempts of a request.
    async fn start(attempts: u32) -> Self {
        let test = TestDatabase::new().attempts(attempts);
        test.create_table::<Orders>().await.unwrap();
        let app = App {
            db: test.db(),
            cursor_key: CursorKey::new(*b"sixteen bytes at least").unwrap(),
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router(app)).await });
        Self {
            test,
            url,
            client: Client::new(),
        }
    }

    async fn create(&self, key: &str, order: &NewOrder) -> Response {
        let request = self.client.post(format!("{}/orders", self.url));
        let request = request.header("idempotency-key", key).json(order);
        request.send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.url));
        request.send().await.unwrap()
    }

    async fn post(&self, path: &str) -> Response {
        let request = self.client.post(format!("{}{path}", self.url));
        request.send().await.unwrap()
    }
}

fn new_order(customer: &str) -> NewOrder {
    NewOrder {
        customer: customer.to_owned(),
        lines: vec![
            Line {
                sku: "tea".to_owned(),
                quantity: 2,
                unit_cents: 450,
            },
            Line {
                sku: "cup".to_owned(),
                quantity: 1,
                unit_cents: 1200,
            },
        ],
    }
}

/// The order that an answer holds.
async fn order(response: Response) -> Orders {
    assert!(response.status().is_success(), "{}", response.status());
    response.json().await.unwrap()
}

/// Checks the status of an error, and that its body is a problem with this code.
async fn is_problem(response: Response, status: StatusCode, code: &str) {
    assert_eq!(response.status(), status);
    assert!(response.headers().contains_key("x-request-id"));
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["code"], code);
    assert!(problem["message"].is_string());
}
