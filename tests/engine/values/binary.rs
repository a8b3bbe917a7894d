//! Binary data that is text, behind serde's buffer: types for binary data read it, and text does not.

use dkmio::aws_sdk_dynamodb::primitives::Blob;
use dkmio::{AttributeValue, Bytes, DynamoTable, Error, Item, Value, codec};
use dkmio_tests::database::check;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Reads all that a crate for bytes does: bytes, text, and sequences of numbers.
#[derive(Debug, Clone, PartialEq)]
struct Raw(Vec<u8>);

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RawVisitor;

        impl<'de> Visitor<'de> for RawVisitor {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("byte array")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Raw, E> {
                Ok(Raw(bytes.to_vec()))
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Raw, E> {
                Ok(Raw(bytes))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    bytes.push(byte);
                }
                Ok(Raw(bytes))
            }
        }

        deserializer.deserialize_byte_buf(RawVisitor)
    }
}

mod as_bytes {
    use super::*;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        Raw::deserialize(d).map(|raw| raw.0)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Newtype(#[serde(with = "as_bytes")] Vec<u8>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Flat {
    raw: Raw,
    bytes: Bytes,
    newtype: Newtype,
    nested: BTreeMap<String, Bytes>,
    list: Vec<Raw>,
    text: String,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Raw { raw: Raw, text: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Raw { untagged: Raw },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "files")]
struct Files {
    #[pk]
    id: String,
    #[serde(flatten)]
    flat: Flat,
    tagged: Tagged,
    #[serde(flatten)]
    untagged: Untagged,
}

fn file(data: &[u8]) -> Files {
    let raw = || Raw(data.to_vec());
    Files {
        id: "a".to_owned(),
        flat: Flat {
            raw: raw(),
            bytes: Bytes::from(data.to_vec()),
            newtype: Newtype(data.to_vec()),
            nested: BTreeMap::from([("n".to_owned(), Bytes::from(data.to_vec()))]),
            list: vec![raw(), raw()],
            text: "text".to_owned(),
            value: Value::B(Bytes::from(data.to_vec())),
        },
        tagged: Tagged::Raw {
            raw: raw(),
            text: "text".to_owned(),
        },
        untagged: Untagged::Raw { untagged: raw() },
    }
}

#[tokio::test]
async fn types_for_binary_data_read_text_behind_the_buffer() {
    check(async |db| {
        db.create_table::<Files>().await?;
        for data in [&b"text"[..], b"", b"\xff\x00"] {
            let file = file(data);
            Files::put(&file).execute(&db).await?;
            assert_eq!(Files::get("a").execute(&db).await?, Some(file.clone()));
            let scanned = Files::scan().fetch_all(&db).await?;
            assert_eq!(scanned, std::slice::from_ref(&file));
            assert_eq!(codec::from_item::<Files>(codec::to_item(&file)?)?, file);
        }
        Ok(())
    })
    .await;
}

#[derive(Debug, Serialize, Deserialize)]
struct Texts {
    #[serde(flatten)]
    inner: Inner,
}

#[derive(Debug, Serialize, Deserialize)]
struct Inner {
    file: Bytes,
    #[serde(flatten)]
    texts: BTreeMap<String, String>,
}

/// Returns the path of the error, whichever way the item is read.
fn refused<T: serde::de::DeserializeOwned>(item: &Item) -> String {
    let json = codec::to_json(&Value::of_item(item.clone()).unwrap()).unwrap();
    let errors = [
        codec::from_item::<T>(item.clone()).err().unwrap(),
        codec::from_json::<T>(&json).err().unwrap(),
    ];
    let paths = errors.map(|error| match error {
        Error::Decode(e) => e.path().to_owned(),
        other => panic!("{other:?}"),
    });
    assert_eq!(paths[0], paths[1]);
    paths[0].clone()
}

#[test]
fn text_does_not_read_binary_data() {
    let binary = || AttributeValue::B(Blob::new("text"));
    let texts = Item::from([
        ("file".to_owned(), binary()),
        ("a".to_owned(), AttributeValue::S("a".to_owned())),
        ("b".to_owned(), binary()),
    ]);
    assert_eq!(refused::<Texts>(&texts), "b");
    let nested = Item::from([("of".to_owned(), AttributeValue::M(texts))]);
    assert_eq!(refused::<BTreeMap<String, Texts>>(&nested), "of.b");
    let tagged = Item::from([
        ("kind".to_owned(), AttributeValue::S("Raw".to_owned())),
        ("raw".to_owned(), binary()),
        ("text".to_owned(), binary()),
    ]);
    assert_eq!(refused::<Tagged>(&tagged), "text");
}
