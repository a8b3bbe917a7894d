//! A mailbox as a web service lists it: a page at a time, with a token for the next page and one for the page before.
//!
//! `cargo run --example pagination`

use dkmio::{Cursor, DynamoDb, DynamoTable, Error};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "mails")]
struct Mails {
    #[pk]
    mailbox: String,
    #[sk]
    number: u32,
    subject: String,
    read: bool,
}

/// The query string of `GET /mails`. Serde reads a token; without one the cursor is the start.
#[derive(Default, Deserialize)]
struct Params {
    #[serde(default)]
    cursor: Cursor,
}

/// The body of the answer. Serde writes each cursor as its token.
#[derive(Serialize)]
struct Body {
    subjects: Vec<String>,
    previous: Option<Cursor>,
    next: Option<Cursor>,
}

async fn list(db: &DynamoDb, params: Params) -> Result<Body, Error> {
    let page = Mails::query("ada")
        .descending() // the newest mail first
        .limit(3)
        .start_from(params.cursor)
        .select(|m| m.subject())
        .execute(db)
        .await?;
    Ok(Body {
        previous: page.prev().cloned(),
        next: page.next().cloned(),
        subjects: page.into_items(),
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = DynamoDb::embedded();
    db.create_table::<Mails>().await?;
    let mails: Vec<Mails> = (1..=8)
        .map(|number| Mails {
            mailbox: "ada".to_owned(),
            number,
            subject: format!("mail {number}"),
            read: number % 2 == 0,
        })
        .collect();
    Mails::batch_write().put_all(&mails).execute(&db).await?;

    println!("The first page, as the service sends it:");
    let first = list(&db, Params::default()).await?;
    println!("  {}", serde_json::to_string(&first)?);
    assert!(first.previous.is_none());

    println!("Forth, by the token of each page, and back:");
    let (mut cursor, mut pages) = (first.next, vec![first.subjects]);
    let mut previous = None;
    while let Some(next) = cursor {
        let token = next.to_string(); // through the browser
        let body = list(
            &db,
            Params {
                cursor: token.parse()?,
            },
        )
        .await?;
        println!("  {:?}", body.subjects);
        (cursor, previous) = (body.next, body.previous);
        pages.push(body.subjects);
    }
    assert_eq!((pages.len(), pages.concat().len()), (3, 8));
    let back = list(
        &db,
        Params {
            cursor: previous.unwrap_or_default(),
        },
    )
    .await?;
    println!("  {:?}", back.subjects);
    assert_eq!(back.subjects, pages[1]);

    println!("A token comes from outside: a wrong one is refused, and nothing is sent:");
    let garbage = "eyJpZCI6MX0".parse::<Cursor>();
    assert!(matches!(garbage, Err(Error::InvalidCursor(_))));
    let elsewhere = Mails::query("grace")
        .start_from(back.next)
        .execute(&db)
        .await;
    let Err(Error::InvalidCursor(refused)) = elsewhere else {
        panic!("a cursor of Ada's mailbox read Grace's");
    };
    println!("  {refused}");

    println!("A signed token can be made by the service only:");
    let secret = b"32 random bytes, from a secret store";
    let unread = || {
        Mails::query("ada")
            .filter(|m| m.read().eq(false))
            .select(|m| m.number())
    };
    let page = unread().limit(2).execute(&db).await?;
    let token = page.next().expect("four mails are unread").sign(secret)?;
    let cursor = Cursor::verify(&token, secret)?;
    let second = unread().limit(2).start_from(cursor).execute(&db).await?;
    println!("  unread: {:?}, then {:?}", page.items(), second.items());
    assert_eq!((page.items(), second.items()), (&[1, 3][..], &[5, 7][..]));
    assert!(Cursor::verify(&token, b"the secret of another service").is_err());

    println!("`limit` is how many mails come back, `page_size` how many one request reads:");
    let limited = unread().limit(4).execute(&db).await?;
    let sized = unread().page_size(4).execute(&db).await?;
    println!(
        "  limit 4: {} mails, {} read",
        limited.len(),
        limited.scanned_count()
    );
    println!(
        "  page size 4: {} mails, {} read",
        sized.len(),
        sized.scanned_count()
    );
    assert_eq!(
        (limited.len(), sized.len(), sized.scanned_count()),
        (4, 2, 4)
    );

    println!("For a report on all of them, each page is read when it is wanted:");
    let (mut pages, mut numbers) = (unread().page_size(3).pages(&db), Vec::new());
    while let Some(page) = pages.next().await {
        let page = page?;
        println!("  {} of {}", page.count(), page.scanned_count());
        numbers.extend(page);
    }
    assert_eq!(numbers, unread().fetch_all(&db).await?); // the same in one line
    Ok(())
}
