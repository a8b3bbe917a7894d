//! The orders: create, get, list, ship, cancel.

use crate::{ApiError, App, Failures, Line, OrderStatus, Orders, Problem};
use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{SubsecRound, Utc};
use dkmio::{Cursor, Error};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The largest page that can be asked for.
const MAX_PAGE: usize = 100;

/// What a client orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Who orders.
    pub customer: String,
    /// What is ordered, at least one line.
    pub lines: Vec<Line>,
}

impl NewOrder {
    /// Checks what the types do not say, and makes the order of it.
    fn place(self, id: &str) -> Result<Orders, ApiError> {
        if id.is_empty() || id.len() > 64 || !id.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ApiError::invalid(
                "the header `Idempotency-Key` has to be 1 to 64 visible ASCII characters",
            ));
        }
        if self.customer.is_empty() || self.lines.is_empty() {
            return Err(ApiError::invalid(
                "an order has a customer and at least one line",
            ));
        }
        let total = self.lines.iter().try_fold(0_u64, |total, line| {
            let cost = line.unit_cents.checked_mul(u64::from(line.quantity))?;
            total.checked_add(cost).filter(|_| line.quantity > 0)
        });
        let Some(total_cents) = total else {
            return Err(ApiError::invalid(
                "a quantity is zero, or the total is too large",
            ));
        };
        Ok(Orders {
            id: id.to_owned(),
            customer: self.customer,
            status: OrderStatus::Pending,
            placed_at: Utc::now().trunc_subsecs(3).into(),
            lines: self.lines,
            total_cents,
        })
    }
}

/// Whether an order is what was asked for, whenever it was placed and whatever became of it.
fn is_same(order: &Orders, other: &Orders) -> bool {
    order.customer == other.customer && order.lines == other.lines
}

/// Places an order. Sent again with the same `Idempotency-Key`, it answers the order that there is.
#[utoipa::path(
    post,
    path = "/orders",
    request_body = NewOrder,
    params(("Idempotency-Key" = String, Header, description = "The id of the order, chosen by the client")),
    responses(
        (status = 201, description = "The order was placed", body = Orders),
        (status = 200, description = "It had been placed before", body = Orders),
        (status = 409, description = "Another order has this key", body = Problem),
        (status = 413, description = "The order is too large", body = Problem),
        (status = 415, description = "The body is no JSON", body = Problem),
        Failures,
    )
)]
pub(crate) async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Json<NewOrder>, JsonRejection>,
) -> Result<Response, ApiError> {
    let Json(new) = body?;
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok());
    let order = new.place(key.unwrap_or_default())?;
    let put = Orders::put(&order).if_not_exists().return_old_on_failure();
    match put.execute(&app.db).await {
        Ok(()) => {
            let location = [(header::LOCATION, format!("/orders/{}", order.id))];
            Ok((StatusCode::CREATED, location, Json(order)).into_response())
        }
        // There is one: an earlier request's, whose answer the client, or the SDK, may not have got.
        Err(Error::ConditionFailed(e)) => match e.item::<Orders>()? {
            Some(there) if is_same(&there, &order) => Ok(Json(there).into_response()),
            _ => Err(ApiError::conflict(
                "another order has this `Idempotency-Key`",
            )),
        },
        Err(e) => Err(e.into()),
    }
}

/// Returns an order.
#[utoipa::path(
    get,
    path = "/orders/{id}",
    params(("id" = String, Path, description = "The order's id")),
    responses(
        (status = 200, description = "The order", body = Orders),
        (status = 404, description = "There is no such order", body = Problem),
        Failures,
    )
)]
pub(crate) async fn get(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Orders>, ApiError> {
    let order = Orders::get(id.as_str())
        .consistent()
        .execute(&app.db)
        .await?;
    order.map(Json).ok_or_else(|| ApiError::not_found(&id))
}

/// Which orders are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    /// Where they stand.
    #[param(inline)]
    status: OrderStatus,
    /// How many a page has, 1 to 100; 20 unless set.
    limit: Option<usize>,
    /// The `next` of the page before.
    #[serde(default)]
    cursor: String,
}

/// A page of orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrderPage {
    /// The oldest first.
    pub orders: Vec<Orders>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// Lists the orders that stand somewhere, a page at a time, the oldest first.
#[utoipa::path(
    get,
    path = "/orders",
    params(List),
    responses(
        (status = 200, description = "A page of orders", body = OrderPage),
        Failures,
    )
)]
pub(crate) async fn list(
    State(app): State<App>,
    query: Result<Query<List>, QueryRejection>,
) -> Result<Json<OrderPage>, ApiError> {
    let Query(list) = query?;
    let limit = list.limit.unwrap_or(20);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(ApiError::invalid("`limit` is 1 to 100"));
    }
    let cursor: Cursor = app.cursor_key.verify(&list.cursor)?;
    let page = Orders::by_status()
        .query(list.status)
        .limit(limit)
        .start_from(cursor)
        .execute(&app.db)
        .await?;
    let next = page.next().map(|next| app.cursor_key.sign(next));
    Ok(Json(OrderPage {
        next: next.transpose()?,
        orders: page.into_items(),
    }))
}

/// Ships an order that is pending. Sent again, it answers the shipped order.
#[utoipa::path(
    post,
    path = "/orders/{id}/ship",
    params(("id" = String, Path, description = "The order's id")),
    responses(
        (status = 200, description = "The shipped order", body = Orders),
        (status = 404, description = "There is no such order", body = Problem),
        (status = 409, description = "The order was cancelled", body = Problem),
        Failures,
    )
)]
pub(crate) async fn ship(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Orders>, ApiError> {
    turn(&app, &id, OrderStatus::Shipped).await
}

/// Cancels an order that is pending. Sent again, it answers the cancelled order.
#[utoipa::path(
    post,
    path = "/orders/{id}/cancel",
    params(("id" = String, Path, description = "The order's id")),
    responses(
        (status = 200, description = "The cancelled order", body = Orders),
        (status = 404, description = "There is no such order", body = Problem),
        (status = 409, description = "The order was shipped", body = Problem),
        Failures,
    )
)]
pub(crate) async fn cancel(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Orders>, ApiError> {
    turn(&app, &id, OrderStatus::Cancelled).await
}

/// Turns a pending order into a shipped or cancelled one, and leaves one that is so already.
async fn turn(app: &App, id: &str, to: OrderStatus) -> Result<Json<Orders>, ApiError> {
    let order = Orders::update(id)
        .set(|o| o.status(), to)
        .condition(|o| o.status().is_in([OrderStatus::Pending, to]))
        .if_exists()
        .return_new()
        .execute(&app.db)
        .await?;
    Ok(Json(order))
}
