//! The health check, for a load balancer.

use crate::{ApiError, App};
use axum::extract::State;
use dkmio::CircuitState;

/// 200 while requests are sent, 503 while the circuit is open: then this instance answers no order anyway.
#[utoipa::path(
    get,
    path = "/health",
    responses(
        (status = 200, description = "Requests are sent to DynamoDB", body = String),
        (status = 503, description = "DynamoDB is away", body = crate::Problem),
    )
)]
pub(crate) async fn check(State(app): State<App>) -> Result<&'static str, ApiError> {
    match app.db.circuit_breaker().state() {
        CircuitState::Open => Err(ApiError::away(None)),
        _ => Ok("ok"),
    }
}
