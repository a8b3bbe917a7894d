//! Notes that are found by what they are about: a vector index with a partition for each customer, and a filter.
//!
//! Its embedding is a toy that needs no model and no network: each run of three letters is hashed to a place of the vector,
//! so that texts with the same word stems are near to each other. A real program asks a model instead; everything else
//! stays as it is.
//!
//! `cargo run --example semantic_search`

use dkmio::{CapacityMeter, DynamoDb, DynamoTable, Error, Projection, Vector};
use serde::{Deserialize, Serialize};

/// The length of the vectors; that of a real model may be 384 or 1,536.
const DIMENSIONS: usize = 256;

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "notes")]
#[vector_index(
    by_meaning, on = embedding, dimensions = 256, distance = cosine,
    pk = customer, filter(lang), project(text)
)]
struct Notes {
    #[pk]
    id: String,
    customer: String,
    lang: String,
    text: String,
    embedding: Option<Vector<DIMENSIONS>>, // a note without one is stored, and not found
}

/// What a list of results shows.
#[derive(Debug, Deserialize, Projection)]
#[projection(of = Notes)]
struct Found {
    text: String,
}

/// Returns the place of a run of letters in the vector: a 64-bit FNV-1a hash.
fn place(letters: &[char]) -> usize {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for letter in letters {
        hash = (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x100_0000_01b3);
    }
    (hash % DIMENSIONS as u64) as usize
}

/// Embeds a text: counts its runs of three letters, and scales the counts to the length 1.
fn embed(text: &str) -> Vector<DIMENSIONS> {
    let mut counts = [0.0_f32; DIMENSIONS];
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().collect();
        for run in letters.windows(3) {
            counts[place(run)] += 1.0;
        }
    }
    let length = counts.iter().map(|count| count * count).sum::<f32>().sqrt();
    Vector::from(counts.map(|count| count / length.max(1.0)))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = DynamoDb::embedded();
    db.create_table::<Notes>().await?;

    let texts = [
        (
            "acme",
            "en",
            "The gardener planted three apple trees behind the house",
        ),
        ("acme", "en", "Trees in our garden need water twice a week"),
        ("acme", "en", "Invoices are due within thirty days"),
        ("acme", "de", "Die Rechnung ist in dreißig Tagen fällig"),
        ("umbra", "en", "A garden without trees is a meadow"),
    ];
    let notes: Vec<Notes> = (1..)
        .zip(texts)
        .map(|(number, (customer, lang, text))| Notes {
            id: format!("note_{number}"),
            customer: customer.to_owned(),
            lang: lang.to_owned(),
            text: text.to_owned(),
            embedding: Some(embed(text)),
        })
        .collect();
    Notes::batch_write().put_all(&notes).execute(&db).await?;

    println!("What Acme has on gardens with trees, the nearest first:");
    let question = embed("gardens with trees");
    let found = Notes::by_meaning()
        .search(&question)
        .within("acme")
        .filter(|n| n.lang().eq("en"))
        .top(2)
        .execute(&db)
        .await?;
    for hit in &found {
        println!("  {:.2}  {}", hit.score.value(), hit.item.text);
    }
    assert!(
        found
            .iter()
            .all(|hit| hit.item.text.to_lowercase().contains("tree"))
    );
    assert!(found[0].score <= found[1].score);

    println!("The item has its key, by which the table has the whole of it:");
    let whole = Notes::get(found[0].item.key()).execute(&db).await?;
    println!("  {:?}", whole.as_ref().map(|note| &note.id));
    assert!(whole.is_some_and(|note| note.embedding.is_some()));

    println!("Near enough is for the program to say; Acme has nothing on whales:");
    let found = Notes::by_meaning()
        .search(&embed("a whale in the sea"))
        .within("acme")
        .select_as::<Found>()
        .execute(&db)
        .await?;
    let near: Vec<&str> = found
        .iter()
        .filter(|hit| hit.score.value() < 0.5)
        .map(|hit| hit.item.text.as_str())
        .collect();
    println!("  {} of {} notes are near", near.len(), found.len());
    assert!(near.is_empty(), "{near:?}");

    println!("A model's answer is checked where it comes in:");
    let answer: Vec<f32> = vec![0.5; 384];
    let refused = Vector::<DIMENSIONS>::try_from(answer);
    println!("  {}", refused.err().ok_or("it was taken")?);

    println!("A search is billed by the bytes that it reads of the index:");
    let meter = CapacityMeter::new();
    let search = Notes::by_meaning().search(&question).within("umbra");
    search.execute(&db.metered(&meter)).await?;
    let used = meter.consumed();
    println!(
        "  {} bytes, {} units",
        used.vector_bytes().searched,
        used.total()
    );
    assert!(used.vector_bytes().searched > 0.0);

    without_an_embedding(&db).await?;
    Ok(())
}

/// Stores a note whose embedding will come later.
async fn without_an_embedding(db: &DynamoDb) -> Result<(), Error> {
    println!("A note without an embedding is stored, and found once it has one:");
    let text = "Whales sing below the sea";
    let note = Notes {
        id: "note_6".to_owned(),
        customer: "acme".to_owned(),
        lang: "en".to_owned(),
        text: text.to_owned(),
        embedding: None,
    };
    Notes::put(&note).execute(db).await?;
    let nearest = async || -> Result<Option<String>, Error> {
        let search = Notes::by_meaning()
            .search(&embed("whales"))
            .within("acme")
            .top(1);
        let found = search.select(|n| n.id()).execute(db).await?;
        Ok(found.into_iter().next().map(|hit| hit.item))
    };
    let before = nearest().await?;
    Notes::update("note_6")
        .set(|n| n.embedding(), embed(text))
        .execute(db)
        .await?;
    let after = nearest().await?;
    println!("  before: {before:?}, after: {after:?}");
    assert_eq!(after.as_deref(), Some("note_6"));
    Ok(())
}
