//! A projection reads a table, and each index that projects its fields, in types that its attributes read as.

use dkmio::{DynamoDb, Error, Page, Projection};
use dkmio_tests::orders::{Orders, Status};
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Summary {
    user_id: String,
    total: Option<u64>,
    #[serde(rename = "items_count")]
    count: u32,
}

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
#[serde(rename_all = "snake_case")]
struct Where {
    region: Option<String>,
    #[serde(default)]
    description: String,
}

async fn run(db: &DynamoDb) -> Result<(), Error> {
    let page: Page<Summary> = Orders::by_status()
        .query(Status::Pending)
        .select_as::<Summary>()
        .execute(db)
        .await?;
    let one: Option<Where> = Orders::get(("usr_123", "ord_456"))
        .select_as::<Where>()
        .execute(db)
        .await?;
    let _ = page.iter().map(|s| (&s.user_id, s.total, s.count)).count();
    let _ = one.map(|w| (w.region, w.description));
    let _ = Orders::scan().select_as::<Where>();
    let _ = Orders::by_amount().query("usr_123").select_as::<Summary>();
    Ok(())
}

fn main() {
    let _ = run;
}
