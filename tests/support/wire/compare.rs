use super::parse;
use dkmio::{AttributeValue, Error, Item, codec};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// The order in which the SDK's maps hand out their entries decides which of several errors comes first. So many orders are
/// tried at the least, and more where there may be more entries.
const ORDERS: usize = 300;

/// Checks that bytes read as the same value, or as an error in the same words, through either face, and that both take
/// the same bytes for an item.
pub fn reads_alike<T: DeserializeOwned + PartialEq + Debug>(json: &[u8]) -> Result<(), String> {
    let direct = codec::from_json::<T>(json);
    let shown = || String::from_utf8_lossy(json).into_owned();
    let Some(item) = parse(json) else {
        return match &direct {
            Err(Error::Decode(e)) if e.message().starts_with("not DynamoDB JSON") => Ok(()),
            other => Err(format!(
                "the SDK refuses {}, and we have {other:?}",
                shown()
            )),
        };
    };
    let mut last = None;
    for _ in 0..ORDERS + json.len() {
        let through = codec::from_item::<T>(in_another_order(&item));
        let equal = match (&direct, &through) {
            (Ok(a), Ok(b)) => a == b,
            (Err(a), Err(b)) => a.to_string() == b.to_string(),
            _ => false,
        };
        if equal {
            return Ok(());
        }
        last = Some(through);
    }
    Err(format!(
        "{} is {direct:?}, and through the SDK {last:?}",
        shown()
    ))
}

/// Checks that a value is written as the same item, or is the same error, through either face.
pub fn encodes_alike<T: Serialize + ?Sized>(value: &T) -> Result<(), String> {
    match (codec::to_json(value), codec::to_item(value)) {
        (Ok(json), Ok(item)) => {
            let read = parse(json.as_bytes());
            if read.as_ref() != Some(&item) {
                return Err(format!("written as {json}, and as {item:?}"));
            }
            Ok(())
        }
        (Err(a), Err(b)) if a.to_string() == b.to_string() => Ok(()),
        (direct, through) => Err(format!("{direct:?}, and through the SDK {through:?}")),
    }
}

fn in_another_order(item: &Item) -> Item {
    item.iter()
        .map(|(name, value)| (name.clone(), value_in_another_order(value)))
        .collect()
}

fn value_in_another_order(value: &AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::M(entries) => AttributeValue::M(in_another_order(entries)),
        AttributeValue::L(elements) => {
            AttributeValue::L(elements.iter().map(value_in_another_order).collect())
        }
        other => other.clone(),
    }
}
