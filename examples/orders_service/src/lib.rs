//! A REST service over one DynamoDB table: create, get and list orders, ship and cancel them.
//!
//! Written to start a real one from: typed errors become HTTP statuses in one place, cursors are signed, every answer has a
//! request id, and the health check knows when DynamoDB is away.

mod cursor;
mod error;
mod health;
mod model;
mod openapi;
mod orders;

pub use self::cursor::CursorKey;
pub(crate) use self::error::Failures;
pub use self::error::{ApiError, Problem};
pub use self::model::{Line, OrderStatus, Orders};
pub use self::openapi::ApiDoc;
pub use self::orders::{NewOrder, OrderPage};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, Request};
use axum::routing::{get, post};
use dkmio::DynamoDb;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

/// Bytes that a request's body may have. An item may have 400 KB.
const MAX_BODY: usize = 100 * 1024;

/// What the handlers share.
#[derive(Clone)]
pub struct App {
    /// The connection.
    pub db: DynamoDb,
    /// Signs cursors, so that a client cannot make its own.
    pub cursor_key: CursorKey,
}

/// Returns the service.
pub fn router(app: App) -> Router {
    let request_id = HeaderName::from_static("x-request-id");
    Router::new()
        .route("/orders", post(orders::create).get(orders::list))
        .route("/orders/{id}", get(orders::get))
        .route("/orders/{id}/ship", post(orders::ship))
        .route("/orders/{id}/cancel", post(orders::cancel))
        .route("/health", get(health::check))
        .route("/openapi.json", get(openapi::document))
        .fallback(error::no_such_route)
        .method_not_allowed_fallback(error::no_such_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        // Outermost last: an id first, so that the span of the request has it.
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .with_state(app)
}

/// The span of a request. dkmio's spans and events are within it, and so have the request's id.
fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request.headers().get("x-request-id");
    tracing::info_span!(
        "request",
        method = %request.method(),
        path = request.uri().path(),
        request_id = id.and_then(|id| id.to_str().ok()),
    )
}
