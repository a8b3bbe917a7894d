//! No attribute with an empty name can be asked for.

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
    #[serde(rename = "")]
    pub email: String,
}

fn main() {}
