//! Searches of vector indexes, beside a search of the test's own through all items.

use dkmio::aws_sdk_dynamodb::operation::search_vectors::SearchVectorsInput;
use dkmio::{
    CapacityMeter, Distance, DynamoDb, DynamoTable, Error, Match, Projection, Score, Similarity,
    Vector,
};
use serde::{Deserialize, Serialize};

const DIMENSIONS: usize = 8;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(
    by_meaning, name = "docs-by-meaning", on = embedding, dimensions = 8, distance = cosine,
    pk = tenant, filter(lang, year), project(title, embedding)
)]
#[vector_index(by_product, on = embedding, dimensions = 8, distance = dot_product)]
#[vector_index(near, on = embedding, dimensions = 8, distance = euclidean, project = keys_only)]
struct Docs {
    #[pk]
    id: String,
    #[sk]
    part: u32,
    tenant: Option<String>,
    lang: String,
    #[serde(rename = "published")]
    year: Option<u16>,
    title: String,
    text: String,
    embedding: Option<Vector<DIMENSIONS>>,
}

#[derive(Debug, PartialEq, Deserialize, Projection)]
#[projection(of = Docs)]
struct Titled {
    title: String,
    embedding: Option<Vector<DIMENSIONS>>,
}

fn random_vector(random: &mut fastrand::Rng) -> Vector<DIMENSIONS> {
    Vector::from(std::array::from_fn(|_| random.f32() * 2.0 - 1.0))
}

fn docs() -> Vec<Docs> {
    let mut random = fastrand::Rng::with_seed(3);
    let docs = (0..60).map(|at: u32| Docs {
        id: format!("doc_{}", at / 3),
        part: at % 3,
        tenant: (!at.is_multiple_of(10)).then(|| {
            if at.is_multiple_of(2) {
                "acme"
            } else {
                "umbra"
            }
            .to_owned()
        }),
        lang: if at.is_multiple_of(3) { "en" } else { "de" }.to_owned(),
        year: (!at.is_multiple_of(4)).then_some(2020 + (at % 4) as u16),
        title: format!("Part {at}"),
        text: "…".to_owned(),
        embedding: (!at.is_multiple_of(7)).then(|| random_vector(&mut random)),
    });
    docs.collect()
}

async fn filled() -> Result<(DynamoDb, Vec<Docs>), Error> {
    let (db, docs) = (DynamoDb::embedded(), docs());
    db.create_table::<Docs>().await?;
    Docs::batch_write().put_all(&docs).execute(&db).await?;
    Ok((db, docs))
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    let products = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b));
    products.sum()
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    1.0 - dot(a, b) / (dot(a, a).sqrt() * dot(b, b).sqrt())
}

fn euclidean(a: &[f32], b: &[f32]) -> f64 {
    let differences = a
        .iter()
        .zip(b)
        .map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2));
    differences.sum::<f64>().sqrt()
}

/// Returns the keys of the nearest documents among those that pass, the nearest first, with their scores.
fn nearest(
    docs: &[Docs],
    to: &Vector<DIMENSIONS>,
    count: usize,
    score: fn(&[f32], &[f32]) -> f64,
    larger_is_nearer: bool,
    passes: impl Fn(&Docs) -> bool,
) -> Vec<((String, u32), f64)> {
    let vectors = docs.iter().filter(|doc| passes(doc));
    let vectors = vectors.filter_map(|doc| Some((doc, doc.embedding.as_ref()?)));
    let mut scored: Vec<_> = vectors
        .map(|(doc, vector)| ((doc.id.clone(), doc.part), score(to, vector)))
        .collect();
    scored.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    if larger_is_nearer {
        scored.reverse();
    }
    scored.truncate(count);
    scored
}

/// Asserts that the search found these, with scores that agree but for rounding.
fn assert_found<T, S: Score>(
    found: &[Match<T, S>],
    expected: &[((String, u32), f64)],
    key: impl Fn(&T) -> (String, u32),
    value: impl Fn(S) -> f64,
) {
    let keys: Vec<_> = found.iter().map(|hit| key(&hit.item)).collect();
    let expected_keys: Vec<_> = expected.iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(keys, expected_keys);
    for (hit, (_, score)) in found.iter().zip(expected) {
        assert!((value(hit.score) - score).abs() < 1e-6, "{:?}", hit.score);
    }
    assert!(found.is_sorted_by_key(|hit| hit.score));
}

#[tokio::test]
async fn the_nearest_by_each_distance_are_those_of_a_search_through_all() -> Result<(), Error> {
    let (db, docs) = filled().await?;
    let mut random = fastrand::Rng::with_seed(4);
    for _ in 0..5 {
        let vector = random_vector(&mut random);
        let found = Docs::by_meaning()
            .search(&vector)
            .within("acme")
            .top(7)
            .execute(&db)
            .await?;
        let of_acme = |doc: &Docs| doc.tenant.as_deref() == Some("acme");
        let expected = nearest(&docs, &vector, 7, cosine, false, of_acme);
        let key = |doc: &DocsByMeaning| (doc.id.clone(), doc.part);
        assert_found(&found, &expected, key, Distance::value);

        let found = Docs::by_product()
            .search(&vector)
            .top(12)
            .execute(&db)
            .await?;
        let expected = nearest(&docs, &vector, 12, dot, true, |_| true);
        let key = |doc: &DocsByProduct| (doc.id.clone(), doc.part);
        assert_found(&found, &expected, key, Similarity::value);

        let found = Docs::near().search(&vector).top(100).execute(&db).await?;
        let expected = nearest(&docs, &vector, 100, euclidean, false, |_| true);
        let key = |doc: &DocsNear| (doc.id.clone(), doc.part);
        assert_found(&found, &expected, key, Distance::value);
    }
    Ok(())
}

#[tokio::test]
async fn filters_hold_for_what_is_found() -> Result<(), Error> {
    let (db, docs) = filled().await?;
    let vector = random_vector(&mut fastrand::Rng::with_seed(5));
    let search = Docs::by_meaning().search(&vector).within("umbra").top(100);
    let key = |doc: &DocsByMeaning| (doc.id.clone(), doc.part);
    let of_umbra = |doc: &Docs| doc.tenant.as_deref() == Some("umbra");

    let german = search.clone().filter(|d| d.lang().eq("de"));
    let passes = |doc: &Docs| of_umbra(doc) && doc.lang == "de";
    let expected = nearest(&docs, &vector, 100, cosine, false, passes);
    assert_found(
        &german.clone().execute(&db).await?,
        &expected,
        key,
        Distance::value,
    );

    let passes = |doc: &Docs| of_umbra(doc) && doc.lang == "de" && doc.year == Some(2021);
    let expected = nearest(&docs, &vector, 100, cosine, false, passes);
    assert!(!expected.is_empty());
    let twice = german.filter(|d| d.year().eq(2021));
    assert_found(&twice.execute(&db).await?, &expected, key, Distance::value);
    let joined = search.filter(|d| d.lang().eq("de") & d.year().eq(2021));
    assert_found(&joined.execute(&db).await?, &expected, key, Distance::value);
    Ok(())
}

#[tokio::test]
async fn what_has_no_vector_or_no_partition_is_not_found() -> Result<(), Error> {
    let (db, docs) = filled().await?;
    let vector = random_vector(&mut fastrand::Rng::with_seed(6));
    let mut found = 0;
    for tenant in ["acme", "umbra", "nobody"] {
        let search = Docs::by_meaning().search(&vector).within(tenant).top(100);
        found += search.execute(&db).await?.len();
    }
    let complete = docs
        .iter()
        .filter(|doc| doc.embedding.is_some() && doc.tenant.is_some());
    assert_eq!(found, complete.count());
    let mut doc = docs
        .into_iter()
        .find(|doc| doc.embedding.is_some())
        .unwrap();
    doc.embedding = None;
    let before = Docs::near()
        .search(&vector)
        .top(100)
        .execute(&db)
        .await?
        .len();
    Docs::put(&doc).execute(&db).await?;
    let after = Docs::near()
        .search(&vector)
        .top(100)
        .execute(&db)
        .await?
        .len();
    assert_eq!(after, before - 1);
    Ok(())
}

#[tokio::test]
async fn an_item_has_what_the_index_projects_and_vectors_come_when_asked_for() -> Result<(), Error>
{
    let (db, docs) = filled().await?;
    let doc = docs
        .iter()
        .find(|doc| doc.id == "doc_1" && doc.part == 1)
        .unwrap();
    let vector = doc.embedding.clone().unwrap();
    let search = || Docs::by_meaning().search(&vector).within("acme").top(1);
    let found = search().execute(&db).await?;
    assert_eq!(
        found[0].item,
        DocsByMeaning {
            id: doc.id.clone(),
            part: doc.part,
            tenant: doc.tenant.clone(),
            lang: doc.lang.clone(),
            year: doc.year,
            title: doc.title.clone(),
        }
    );
    assert_eq!(found[0].score.value(), 0.0);
    assert_eq!(
        Docs::get(found[0].item.key()).execute(&db).await?.as_ref(),
        Some(doc)
    );

    let selected = search()
        .select(|d| (d.id(), d.embedding()))
        .execute(&db)
        .await?;
    assert_eq!(selected[0].item, (doc.id.clone(), doc.embedding.clone()));
    let titled = search().select_as::<Titled>().execute(&db).await?;
    let expected = Titled {
        title: doc.title.clone(),
        embedding: doc.embedding.clone(),
    };
    assert_eq!(titled[0].item, expected);
    let raw = search().raw().execute(&db).await?;
    assert_eq!(
        raw[0].item.get("title").and_then(|title| title.as_s().ok()),
        Some(&doc.title)
    );

    let whole = Docs::by_product()
        .search(&vector)
        .top(1)
        .execute(&db)
        .await?;
    assert_eq!(whole[0].item.text, "…");
    Ok(())
}

#[tokio::test]
async fn a_search_uses_bytes_of_its_index() -> Result<(), Error> {
    let (db, docs) = filled().await?;
    let meter = CapacityMeter::new();
    let metered = db.metered(&meter);
    let vector = random_vector(&mut fastrand::Rng::with_seed(8));
    Docs::by_meaning()
        .search(&vector)
        .within("acme")
        .execute(&metered)
        .await?;
    let used = meter.take();
    let of_index = used
        .table("docs")
        .map(|table| table.vector_index("docs-by-meaning"));
    assert!(
        of_index.is_some_and(|bytes| bytes.searched >= 1024.0 && bytes.written == 0.0),
        "{used}"
    );
    assert_eq!(used.total(), 0.0);

    let mut doc = docs.into_iter().find(|doc| doc.tenant.is_some()).unwrap();
    doc.embedding = Some(vector);
    Docs::put(&doc).execute(&metered).await?;
    let used = meter.take();
    assert!(used.vector_bytes().written >= 3.0 * 1024.0, "{used}");
    let names: Vec<&str> = used
        .table("docs")
        .unwrap()
        .vector_indexes()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["by-product", "docs-by-meaning", "near"]);
    assert!(used.to_string().contains("VectorWriteRequestBytes"));
    Ok(())
}

#[tokio::test]
async fn what_dynamodb_would_refuse_is_not_sent() -> Result<(), Error> {
    let vector = Vector::from([0.5; DIMENSIONS]);
    let search = || Docs::by_meaning().search(&vector).within("acme");
    for top in [0, 101, u32::MAX] {
        assert!(
            matches!(search().top(top).into_input(), Err(Error::Validation(_))),
            "{top}"
        );
    }
    for top in [1, 100] {
        assert!(search().top(top).into_input().is_ok(), "{top}");
    }
    let twice = search()
        .filter(|d| d.lang().eq("de"))
        .filter(|d| d.lang().eq("en"));
    assert!(matches!(twice.into_input(), Err(Error::Validation(_))));
    let nowhere = Docs::by_meaning().search(&vector).within("");
    assert!(matches!(nowhere.into_input(), Err(Error::InvalidKey(_))));
    let not_finite = Vector::from([f32::NAN; DIMENSIONS]);
    let failed = Docs::near().search(&not_finite).into_input();
    assert!(matches!(failed, Err(Error::Encode(_))));
    let provisioned = DynamoDb::embedded()
        .create_table::<Docs>()
        .provisioned(1, 1)
        .to_input();
    assert!(matches!(provisioned, Err(Error::Validation(_))));
    Ok(())
}

#[tokio::test]
async fn the_input_can_be_sent_with_the_sdk() -> Result<(), Error> {
    use dkmio::SdkInput as _;
    let (db, _) = filled().await?;
    let vector = Vector::from([0.5; DIMENSIONS]);
    let search = Docs::near().search(&vector).top(3);
    let found = search.clone().execute(&db).await?;
    let input = SearchVectorsInput::try_from(search)?;
    assert_eq!(input.search_vector().len(), DIMENSIONS);
    let output = input.send_with(&db.client().await?).await.unwrap();
    let scores: Vec<f64> = output
        .search_results()
        .iter()
        .map(|hit| hit.score())
        .collect();
    let expected: Vec<f64> = found.iter().map(|hit| hit.score.value()).collect();
    assert_eq!(scores, expected);
    Ok(())
}

#[tokio::test]
async fn an_item_that_does_not_read_is_an_error_with_its_key() -> Result<(), Error> {
    let (db, docs) = filled().await?;
    let doc = docs
        .iter()
        .find(|doc| doc.id == "doc_1" && doc.part == 1)
        .unwrap();
    let vector = doc.embedding.clone().unwrap();
    let broken = Docs::update((&doc.id, doc.part)).set(|_| dkmio::attr("title"), 5);
    broken.execute(&db).await?;
    let found = Docs::by_meaning()
        .search(&vector)
        .within("acme")
        .top(1)
        .execute(&db)
        .await;
    let Err(Error::Decode(error)) = found else {
        panic!("{found:?}");
    };
    assert_eq!(error.path(), "title");
    assert!(error.key().is_some());
    Ok(())
}

mod narrower {
    use super::*;

    /// The same table, of which another program says other things.
    #[derive(Debug, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "docs")]
    #[vector_index(
        by_meaning, name = "docs-by-meaning", on = vector, dimensions = 9, distance = euclidean,
        pk = lang, filter(tenant), project = keys_only
    )]
    #[vector_index(absent, on = vector, dimensions = 9, distance = cosine)]
    pub(super) struct OtherDocs {
        #[pk]
        id: String,
        #[sk]
        part: u32,
        tenant: String,
        lang: String,
        vector: Option<Vector<9>>,
    }
}

#[tokio::test]
async fn a_vector_index_that_differs_from_its_model_is_found() -> Result<(), Error> {
    use dkmio::Difference;
    let (db, _) = filled().await?;
    assert!(db.verify_table::<Docs>().await?.is_empty());
    let differences: Vec<_> = db
        .verify_table::<narrower::OtherDocs>()
        .await?
        .into_iter()
        .collect();
    assert!(
        matches!(
            differences.as_slice(),
            [
                Difference::Vectors { index, .. },
                Difference::SearchSchema { .. },
                Difference::Projection { .. },
                Difference::MissingVectorIndex { index: absent },
            ] if index == "docs-by-meaning" && absent == "absent"
        ),
        "{differences:?}"
    );
    Ok(())
}
