//! `Vector`: its length, what is stored of it, and that both codecs write the same.

use super::{Values, round_trip};
use dkmio::codec::{from_item, from_json, to_item, to_json};
use dkmio::{AttributeValue, Error, InvalidVector, Vector};
use dkmio_tests::database::{Database, check};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Document {
    embedding: Vector<3>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Sparse {
    embedding: Option<Vector<3>>,
}

#[tokio::test]
async fn a_vector_is_stored_as_a_list_of_numbers_and_read_back() {
    check(async |db| {
        Database::create::<Values>(&db).await?;
        let vector = Vector::from([0.1_f32, -2.0, 1.0e-9, f32::MAX]);
        let stored = round_trip!(db, Vector<4>: vector.clone());
        let Some(AttributeValue::L(elements)) = stored else {
            panic!("not a list: {stored:?}");
        };
        let number = |element: &AttributeValue| element.as_n().ok()?.parse::<f32>().ok();
        let floats: Option<Vec<f32>> = elements.iter().map(number).collect();
        assert_eq!(floats.as_deref(), Some(vector.as_slice()));
        round_trip!(db, Option<Vector<2>>: Some(Vector::from([1.0, 2.0])));
        round_trip!(db, Option<Vector<2>>: None);
        Ok(())
    })
    .await
}

#[test]
fn both_codecs_write_the_same_numbers() -> Result<(), Error> {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..300 {
        let mut any = || {
            std::iter::repeat_with(|| f32::from_bits(random.u32(..)))
                .find(|float| float.is_finite())
                .unwrap_or_default()
        };
        let embedding = Vector::from([any(), fastrand::f32() - 0.5, 1.0 / fastrand::f32()]);
        let document = Document { embedding };
        let item = to_item(&document)?;
        let json = to_json(&document)?;
        assert_eq!(from_json::<Document>(&json)?, document);
        assert_eq!(from_item::<Document>(item.clone())?, document);
        let texts: Vec<&str> = match &item["embedding"] {
            AttributeValue::L(elements) => elements
                .iter()
                .flat_map(|e| e.as_n())
                .map(|n| n.as_str())
                .collect(),
            _ => Vec::new(),
        };
        let expected = format!(
            r#"{{"embedding":{{"L":[{{"N":"{}"}},{{"N":"{}"}},{{"N":"{}"}}]}}}}"#,
            texts[0], texts[1], texts[2]
        );
        assert_eq!(json, expected);
    }
    Ok(())
}

#[test]
fn a_vector_of_another_length_does_not_read() {
    for length in [0, 2, 4, 5000] {
        let elements = vec![AttributeValue::N("1".into()); length];
        let item = [("embedding".to_owned(), AttributeValue::L(elements))].into();
        assert!(from_item::<Document>(item).is_err(), "{length}");
    }
    let not_numbers = r#"{"embedding":{"L":[{"S":"1"},{"S":"2"},{"S":"3"}]}}"#;
    assert!(from_json::<Document>(not_numbers).is_err());
    assert!(from_json::<Document>(r#"{"embedding":{"NS":["1","2","3"]}}"#).is_err());
}

#[test]
fn an_absent_vector_reads_as_none() -> Result<(), Error> {
    assert_eq!(from_json::<Sparse>("{}")?.embedding, None);
    assert_eq!(to_json(&Sparse { embedding: None })?, "{}");
    Ok(())
}

#[test]
fn what_is_not_finite_is_refused_and_not_shown() {
    for float in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let document = Document {
            embedding: Vector::from([0.0, float, 0.0]),
        };
        assert!(matches!(to_item(&document), Err(Error::Encode(_))));
        assert!(matches!(to_json(&document), Err(Error::Encode(_))));
    }
}

#[test]
fn the_length_of_a_slice_is_checked() -> Result<(), InvalidVector> {
    let floats = vec![1.0, 2.0, 3.0];
    let vector = Vector::<3>::try_from(&floats)?;
    assert_eq!(vector.as_slice(), floats);
    assert_eq!(Vector::<3>::try_from(floats.clone())?.into_vec(), floats);
    let failed = Vector::<4>::try_from(floats.as_slice());
    let lengths = failed.map_err(|e| (e.expected(), e.found()));
    assert_eq!(lengths, Err((4, 3)));
    Ok(())
}

#[test]
fn the_first_numbers_of_a_vector_are_shown() {
    let shown = format!("{:?}", Vector::from([0.5_f32; 1536]));
    assert!(shown.len() < 60, "{shown}");
    assert_eq!(format!("{:?}", Vector::from([0.5, 1.0])), "[0.5, 1.0]");
}
