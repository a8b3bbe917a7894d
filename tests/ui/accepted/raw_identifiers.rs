//! A field may be called like a keyword; its attribute is called without `r#`.

use dkmio::{DynamoDocument, DynamoTable, Projection};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "events")]
#[gsi(by_type, pk = r#type, sk = r#match, project(r#where))]
pub struct Events {
    #[pk]
    pub r#async: String,
    #[sk]
    pub r#move: u64,
    pub r#type: String,
    pub r#match: u64,
    pub r#where: Option<String>,
    #[dkmio(document)]
    pub r#in: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
pub struct Place {
    pub r#struct: String,
}

#[derive(Deserialize, Projection)]
#[projection(of = Events)]
pub struct Summary {
    pub r#type: String,
}

fn main() -> Result<(), dkmio::Error> {
    dkmio_tests::schemas::is_accepted::<Events>();
    let query = Events::by_type()
        .query("click")
        .sk(|k| k.ge(3))
        .filter(|e| e.r#where().exists())
        .select_as::<Summary>();
    let input = query.into_input()?;
    assert_eq!(input.index_name(), Some("by-type"));
    assert_eq!(input.projection_expression(), Some("#type"));
    let _ = Events::get(EventsKey {
        r#async: String::from("evt_1"),
        r#move: 1,
    });
    let _ = Events::update(("evt_1", 1)).set(|e| e.r#in().r#struct(), "x");
    Ok(())
}
