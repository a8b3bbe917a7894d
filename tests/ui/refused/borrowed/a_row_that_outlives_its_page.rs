//! What a row borrows lasts no longer than its page.

use dkmio::{BorrowedPage, Error, Projection};
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    user_id: &'a str,
}

fn first(page: BorrowedPage<Row<'_>>) -> Result<Option<String>, Error> {
    let row = page.rows().next().transpose()?;
    drop(page);
    Ok(row.map(|row| row.user_id.to_owned()))
}

fn main() {
    let _ = first;
}
