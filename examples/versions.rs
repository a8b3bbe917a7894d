//! A wiki that many people edit at once: nobody's text is overwritten unseen, a text that was read is what a decision is made
//! by, and a change that loses a race is done again on the newer text.
//!
//! `cargo run --example versions`

use dkmio::{DynamoDb, DynamoTable, EpochSeconds, Error, Version};
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "pages")]
struct Pages {
    #[pk]
    title: String,
    text: String,
    views: u64,
    #[version]
    version: Version,
    #[created_at]
    created_at: Option<EpochSeconds>,
    #[updated_at]
    updated_at: Option<EpochSeconds>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "releases")]
struct Releases {
    #[pk]
    number: u32,
    of_page: String,
}

/// Appends a line; does it again on the newer text if somebody was faster. Returns how often that was.
async fn append(db: &DynamoDb, title: &str, line: &str) -> Result<u32, Error> {
    let mut page = Pages::get(title).execute(db).await?.expect("it was made");
    let mut races = 0;
    loop {
        page.text = format!("{}\n{line}", page.text);
        match Pages::save(&mut page).execute(db).await {
            Ok(()) => return Ok(races),
            Err(Error::VersionConflict(e)) => {
                // The newer page came with the error, so that it need not be read.
                page = e.item()?.expect("nobody deletes pages");
                races += 1;
            }
            Err(e) => return Err(e),
        }
    }
}

/// Publishes a page, if it is still the one that was read and approved.
async fn publish(db: &DynamoDb, number: u32, approved: &Pages) -> Result<bool, Error> {
    let release = Releases {
        number,
        of_page: approved.title.clone(),
    };
    let published = dkmio::transact_write()
        .add(Releases::put(&release).if_not_exists())
        .add(Pages::unchanged(approved))
        .label("page")
        .execute(db)
        .await;
    match published {
        Ok(()) => Ok(true),
        Err(Error::TransactionCanceled(e))
            if e.member("page")
                .is_some_and(|m| m.reason().is_version_conflict()) =>
        {
            Ok(false)
        }
        Err(e) => Err(e),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Pages>().await?;
    db.create_table::<Releases>().await?;

    println!("# a new page has version 0, and the first save stores 1");
    let mut page = Pages {
        title: "home".to_owned(),
        text: "Welcome".to_owned(),
        views: 0,
        version: Version::NEW,
        created_at: None,
        updated_at: None,
    };
    Pages::save(&mut page).execute(&db).await?;
    assert_eq!(page.version, Version::new(1));
    assert!(page.created_at.is_some());

    println!("# ten people append a line at the same time, and all lines are there");
    let lines: Vec<String> = (0..10).map(|n| format!("line {n}")).collect();
    let appended = lines.iter().map(|line| append(&db, "home", line));
    let races: u32 = try_join_all(appended).await?.iter().sum();
    let now = Pages::get("home").execute(&db).await?.expect("it was made");
    assert_eq!(now.text.lines().count(), 11);
    assert_eq!(now.version, Version::new(11));
    println!("{races} of the writes met a newer page");

    println!("# the first reader's page is old by now");
    page.text.clear();
    match Pages::save(&mut page).execute(&db).await {
        Err(Error::VersionConflict(e)) => println!("{e}"),
        other => panic!("{other:?}"),
    }

    println!(
        "# a count needs no lock: the key alone is passed, and the version moves all the same"
    );
    Pages::update("home")
        .add(|p| p.views(), 1)
        .execute(&db)
        .await?;

    println!("# so what was read before that is not published");
    assert!(!publish(&db, 1, &now).await?);
    let now = Pages::get("home").execute(&db).await?.expect("it was made");
    assert!(publish(&db, 1, &now).await?);
    Ok(())
}
