//! A projection with a lifetime borrows from the page of a query or scan, whatever the lifetime is called.

use dkmio::{BorrowedPage, BorrowedPageStream, DynamoDb, DynamoTable, Error, Projection, Set};
use dkmio_tests::orders::{Orders, Status};
use dkmio_tests::schemas::is_accepted;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "notes")]
#[gsi(by_author, pk = author, project(title))]
struct Notes {
    #[pk]
    id: String,
    author: String,
    title: Option<String>,
    words: Vec<String>,
    links: Option<Vec<String>>,
    tags: Set<String>,
    length: u32,
}

/// All that can be borrowed, and each in an `Option`.
#[derive(Deserialize, Projection)]
#[projection(of = Notes)]
struct Note<'page> {
    id: &'page str,
    #[serde(borrow)]
    author: Cow<'page, str>,
    #[serde(borrow)]
    title: Option<&'page str>,
    #[serde(borrow)]
    words: Vec<&'page str>,
    #[serde(borrow)]
    links: Option<Vec<&'page str>>,
    #[serde(borrow, default)]
    tags: Vec<&'page str>,
    length: Option<u32>,
}

#[derive(Deserialize, Projection)]
#[projection(of = Notes)]
struct Title<'a> {
    #[serde(rename = "author")]
    by: &'a str,
    #[serde(borrow, default)]
    title: Cow<'a, str>,
}

/// What it owns may have been borrowed in the table's words.
#[derive(Deserialize, Projection)]
#[projection(of = Notes)]
struct Owned {
    author: Cow<'static, str>,
}

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Total<'a> {
    user_id: &'a str,
    status: Status,
    total: u64,
}

fn longest<'p>(page: &'p BorrowedPage<Note<'_>>) -> Result<Option<&'p str>, Error> {
    let mut longest = None;
    for note in page {
        let note = note?;
        longest = longest.max(Some((note.length, note.id)));
    }
    Ok(longest.map(|(_, id)| id))
}

async fn run(db: &DynamoDb) -> Result<(), Error> {
    let page = Notes::scan().select_borrowed::<Note>().execute(db).await?;
    let _ = longest(&page)?;
    for note in page.rows() {
        let Note { id, author, title, words, links, tags, length } = note?;
        let _: (&str, Cow<'_, str>, Option<&str>, Vec<&str>) = (id, author, title, words);
        let _: (Option<Vec<&str>>, Vec<&str>, Option<u32>) = (links, tags, length);
    }
    let query = Notes::by_author().query("me").descending().select_borrowed::<Title<'_>>();
    let mut pages: BorrowedPageStream<Title<'_>> = query.pages(db);
    while let Some(page) = pages.next().await {
        let page = page?;
        let titles: Vec<_> = page.rows().map(|row| row.map(|row| row.title)).collect();
        let _ = (titles, page.rows().next().transpose()?.map(|row| row.by));
    }
    let totals: BorrowedPage<Total> = Orders::by_status().query(Status::Pending).select_borrowed().await?;
    for row in &totals {
        let row = row?;
        let _ = (row.user_id, row.status, row.total);
    }
    let _ = Notes::get("id").select_as::<Owned>().execute(db).await?.map(|o| o.author);
    Ok(())
}

fn main() {
    is_accepted::<Notes>();
    let _ = run;
}
