//! A type of the user's called `Option` is the user's, where no field says otherwise.
#![allow(dead_code, reason = "only compiled")]

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

mod choices {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Option {
        pub label: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "polls")]
    #[gsi(by_owner, pk = owner, project(chosen))]
    pub struct Polls {
        #[pk]
        pub id: String,
        pub owner: String,
        pub chosen: Option,
    }
}

fn main() {
    dkmio_tests::schemas::is_accepted::<choices::Polls>();
    let label = String::from("yes");
    let _ = choices::Polls::update("poll_1")
        .set(|p| p.chosen(), choices::Option { label })
        .return_new();
}
