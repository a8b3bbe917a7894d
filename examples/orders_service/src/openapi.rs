//! The OpenAPI document.

use axum::Json;
use utoipa::OpenApi;

/// What the service answers, for clients and their generators.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Orders",
        description = "Orders of a shop, in one DynamoDB table."
    ),
    paths(
        crate::orders::create,
        crate::orders::get,
        crate::orders::list,
        crate::orders::ship,
        crate::orders::cancel,
        crate::health::check
    )
)]
pub struct ApiDoc;

pub(crate) async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(ApiDoc::openapi())
}
