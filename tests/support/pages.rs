//! The models that the pages in `docs` speak of, and the pages themselves: their programs are doctests, so each compiles.
//!
//! The models are made in each program, because a second `Orders` in this library would change what the compiler's messages
//! call the one of `orders`.

/// Declares the models of the pages.
#[macro_export]
macro_rules! page_models {
    () => {
        mod page_models {
            use dkmio::{DynamoTable, KeyAttribute};
            use serde::{Deserialize, Serialize};

            /// Where an order stands.
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
            pub enum Status {
                /// It waits.
                Pending,
                /// It was sent.
                Shipped,
            }

            /// An order of a user.
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
            #[dkmio(table = "orders")]
            #[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total))]
            pub struct Orders {
                /// Who ordered.
                #[pk]
                pub user_id: String,
                /// Which order of theirs.
                #[sk]
                pub order_id: String,
                /// Where it stands.
                pub status: Status,
                /// The day, as `2025-02-24`.
                pub created_at: String,
                /// In cents.
                pub total: u64,
                /// For whoever packs it.
                pub note: Option<String>,
            }

            /// A user, in a table with a key of one attribute.
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
            #[dkmio(table = "users")]
            pub struct Users {
                /// As `usr_123`.
                #[pk]
                pub id: String,
                /// What they are called.
                pub name: String,
                /// How many orders they have.
                pub orders: u64,
            }
        }
        #[allow(unused_imports, reason = "a program uses some")]
        use page_models::*;
    };
}

/// The pages.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../../docs/compare.md")]
    pub struct Compare;
    #[doc = include_str!("../../docs/design.md")]
    pub struct Design;
    #[doc = include_str!("../../docs/from-python.md")]
    pub struct FromPython;
    #[doc = include_str!("../../docs/from-the-sdk.md")]
    pub struct FromTheSdk;
}
