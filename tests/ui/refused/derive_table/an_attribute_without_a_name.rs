//! DynamoDB has no attribute with an empty name, nor a key with a name of more than 255 bytes.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "users")]
pub struct Users {
    #[pk]
    #[serde(rename = "a_name_of_more_than_two_hundred_and_fifty_five_bytes__________________________________________________________________________________________________________________________________________________________________________________________________________________")]
    pub id: String,
    #[serde(rename = "")]
    pub name: String,
}

fn main() {}
