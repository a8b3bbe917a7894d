//! An attribute has one name: serde's `alias` would be known to reading only.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "users")]
pub struct Users {
    #[pk]
    pub id: String,
    #[serde(alias = "mail")]
    pub email: String,
    #[serde(default, alias = "fullName", alias = "display")]
    pub name: Option<String>,
}

fn main() {
    let _ = Users::update("u_1").set(|u| u.email(), "ann@example.com");
}
