//! Every feature of the Python library that gets, puts, updates, deletes, queries and scans.
//!
//! | feature of the seed | tests in `seed::` |
//! |---|---|
//! | Minimal definition | `model::a_model_of_a_key_alone_is_enough`, `model::free_form_attributes_live_in_a_flattened_map` |
//! | Explicit operations: a get is a GetItem, a query a Query, a scan a Scan | `explain::each_verb_is_its_own_operation` |
//! | Fluent API, in any order | `query::options_chain_in_any_order` |
//! | Auto-execute: iterate, index, len, bool, last_key, scanned_count | `query::a_page_iterates_indexes_and_counts` |
//! | Automatic escaping | `model::reserved_words_and_odd_names_are_escaped_everywhere` |
//! | Smart index projection | `index::an_index_that_does_not_project_everything_yields_its_own_type`, `crate::dynamic` |
//! | Auto-pagination | `pages::fetch_all_reads_every_page`, `pages::fetch_all_stops_at_the_limit`, `pages::count_adds_up_all_pages` |
//! | 5 update actions | `update::all_five_actions_go_in_one_request`, and one test for each in `update` |
//! | Conditional writes, AND and OR | `conditions` |
//! | ReturnValues | `write::…returns…`, `update::…return…` |
//! | Nested paths | `update::nested_paths_are_set`, `operators::nested_paths_are_compared` |
//! | Structured exceptions | `errors` |
//! | GetItem: basic, select, consistent, the full key | `get` |
//! | Query: where, filter, select, limit, scan_forward, consistent | `query` |
//! | Query on indexes: GSI INCLUDE, ALL, KEYS_ONLY, LSI, LSI INCLUDE | `index` |
//! | Scan, with filter and with projection | `scan` |
//! | Pagination by hand, fetch_all, max_items, count | `pages` |
//! | Put, update, delete | `write`, `update` |
//! | set_default | `crate::misconfiguration::await_needs_a_default_connection_and_then_sends_on_it` |
//! | TTL: from_now with all units | `ttl` |
//! | Sort key conditions: 7 operators | `sort_key` |
//! | Filter operators: 16, and size with each comparison | `operators` |
//! | Debug with explain() | `explain` |
//! | Connection options | `connection` |

mod conditions;
mod connection;
mod errors;
mod explain;
mod get;
mod index;
mod model;
mod operators;
mod pages;
mod query;
mod scan;
mod sort_key;
mod ttl;
mod update;
mod write;

use dkmio::{DynamoDb, Error};
use dkmio_tests::database::Database;
use dkmio_tests::orders::{Orders, Status, order};

/// Creates the table and puts these orders.
async fn with_orders(db: &DynamoDb, orders: &[Orders]) -> Result<(), Error> {
    Database::create::<Orders>(db).await?;
    for order in orders {
        Orders::put(order).execute(db).await?;
    }
    Ok(())
}

/// Five orders of `usr_1`, `ord_1` to `ord_5`, with totals of 10 to 50 and falling dates, and one of `usr_2`.
fn six() -> Vec<Orders> {
    let mut orders: Vec<Orders> = (1..=5u64)
        .map(|n| Orders {
            total: n * 10,
            created_at: format!("2025-0{}-01", 6 - n),
            status: if n % 2 == 0 {
                Status::Shipped
            } else {
                Status::Pending
            },
            ..order("usr_1", &format!("ord_{n}"))
        })
        .collect();
    orders.push(order("usr_2", "ord_9"));
    orders
}
