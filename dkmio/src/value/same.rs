//! Compares values as DynamoDB does, to which `1.0` and `1` are one number, and sets have no order.

use super::Number;
use super::item::Item;
use aws_sdk_dynamodb::types::AttributeValue;

/// Returns whether two items are the same to DynamoDB.
pub(crate) fn is_same_item(a: &Item, b: &Item) -> bool {
    a.len() == b.len()
        && a.iter()
            .all(|(name, value)| b.get(name).is_some_and(|other| is_same_value(value, other)))
}

fn is_same_value(a: &AttributeValue, b: &AttributeValue) -> bool {
    match (a, b) {
        (AttributeValue::N(a), AttributeValue::N(b)) => number(a) == number(b),
        (AttributeValue::Ns(a), AttributeValue::Ns(b)) => {
            sorted(a, |n| number(n)) == sorted(b, |n| number(n))
        }
        (AttributeValue::Ss(a), AttributeValue::Ss(b)) => {
            sorted(a, String::clone) == sorted(b, String::clone)
        }
        (AttributeValue::Bs(a), AttributeValue::Bs(b)) => {
            sorted(a, |b| b.as_ref().to_vec()) == sorted(b, |b| b.as_ref().to_vec())
        }
        (AttributeValue::L(a), AttributeValue::L(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same_value(a, b))
        }
        (AttributeValue::M(a), AttributeValue::M(b)) => is_same_item(a, b),
        (a, b) => a == b,
    }
}

/// Returns the number in the text that all equal numbers have.
fn number(text: &str) -> String {
    let number = text.parse::<Number>();
    number.map_or_else(|_| text.to_owned(), |number| number.as_str().to_owned())
}

fn sorted<T, K: Ord>(elements: &[T], key: impl Fn(&T) -> K) -> Vec<K> {
    let mut keys: Vec<K> = elements.iter().map(key).collect();
    keys.sort();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sets_are_compared_by_what_they_are() {
        let n = |text: &str| AttributeValue::N(text.to_owned());
        let ns = |texts: [&str; 2]| AttributeValue::Ns(texts.map(str::to_owned).to_vec());
        let map = |value| AttributeValue::M(Item::from([("a".to_owned(), value)]));
        for (a, b) in [
            (n("1.0"), n("1")),
            (n("1e2"), n("100")),
            (ns(["1", "2"]), ns(["2.0", "1"])),
            (map(n("0.50")), map(n("0.5"))),
            (
                AttributeValue::L(vec![n("10")]),
                AttributeValue::L(vec![n("1e1")]),
            ),
        ] {
            assert!(is_same_value(&a, &b), "{a:?} {b:?}");
        }
        for (a, b) in [
            (n("1"), n("2")),
            (n("1"), AttributeValue::S("1".to_owned())),
            (map(n("1")), AttributeValue::M(Item::new())),
            (
                AttributeValue::L(vec![n("1")]),
                AttributeValue::L(Vec::new()),
            ),
        ] {
            assert!(!is_same_value(&a, &b), "{a:?} {b:?}");
        }
    }
}
