//! A projection asks for one name of each attribute.

use dkmio::{DynamoTable, Projection};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "users")]
pub struct Users {
    #[pk]
    pub id: String,
    pub email: String,
}

#[derive(Deserialize, Projection)]
#[projection(of = Users)]
pub struct Contact {
    #[serde(alias = "mail")]
    pub email: String,
}

fn main() {}
