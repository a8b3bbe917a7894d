//! A flattened type has accessors if it derives `DynamoDocument`.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(tag = "shape")]
pub enum Shape {
    Circle { radius: u32 },
    Square { side: u32 },
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "shapes")]
pub struct Shapes {
    #[pk]
    pub id: String,
    #[serde(flatten)]
    pub shape: Shape,
}

fn main() {
    let _ = Shapes::scan().filter(|s| s.shape().radius().ge(3));
}
