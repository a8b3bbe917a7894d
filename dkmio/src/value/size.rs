//! Sizes of values, as DynamoDB counts them against its limits.

use super::item::Item;
use aws_sdk_dynamodb::types::AttributeValue;

/// Returns the size of a value in bytes, as DynamoDB counts it against its limits.
///
/// Numbers are counted by the documented approximation: one byte for every two significant digits, and one more.
pub(crate) fn value_size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(s) => s.len(),
        AttributeValue::N(n) => number_size(n),
        AttributeValue::B(b) => b.as_ref().len(),
        AttributeValue::Ss(v) => v.iter().map(String::len).sum(),
        AttributeValue::Ns(v) => v.iter().map(|n| number_size(n)).sum(),
        AttributeValue::Bs(v) => v.iter().map(|b| b.as_ref().len()).sum(),
        // A list or map costs three bytes, and one for each element.
        AttributeValue::L(v) => 3 + v.iter().map(|e| 1 + value_size(e)).sum::<usize>(),
        AttributeValue::M(m) => 3 + m.len() + item_size(m),
        _ => 1,
    }
}

/// Returns the size of an item in bytes: its attribute names and values.
pub(crate) fn item_size(item: &Item) -> usize {
    item.iter()
        .map(|(name, value)| name.len() + value_size(value))
        .sum()
}

/// Returns the size of a number in bytes, by the documented approximation. Leading and trailing zeros do not count.
pub(crate) fn number_size(text: &str) -> usize {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let trimmed = mantissa
        .trim_start_matches(['-', '+', '0', '.'])
        .trim_end_matches(['0', '.']);
    digits_size(trimmed.bytes().filter(u8::is_ascii_digit).count())
}

/// Returns the size of a number of `digits` significant digits.
#[inline]
pub(crate) fn digits_size(digits: usize) -> usize {
    digits.div_ceil(2) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::primitives::Blob;

    /// "Leading and trailing zeroes are trimmed", "(1 byte per two significant digits) + (1 byte)".
    #[test]
    fn numbers_count_by_their_significant_digits() {
        for (text, size) in [
            ("0", 1),
            ("-0.00", 1),
            ("7", 2),
            ("-7", 2),
            ("27", 2),
            ("127", 3),
            ("-127", 3),
            ("100", 2),
            ("10000000000000000000", 2),
            ("10200", 3),
            ("0.001", 2),
            ("0.0012300", 3),
            ("1.5", 2),
            ("20.5", 3),
            ("1e19", 2),
            ("1.25E-100", 3),
            ("12345678901234567890123456789012345678", 20),
            ("99999999999999999999999999999999999999e87", 20),
        ] {
            assert_eq!(number_size(text), size, "{text}");
        }
    }

    /// The developer guide's page on item sizes: an attribute `shirt-color` with the value `R` is 12 bytes; a list or
    /// map has 3 bytes of overhead and 1 for each element; null and booleans are 1 byte.
    #[test]
    fn items_count_as_the_developer_guide_counts_them() {
        let item = |name: &str, value| Item::from([(name.to_owned(), value)]);
        let number = |text: &str| AttributeValue::N(text.to_owned());
        let text = |text: &str| AttributeValue::S(text.to_owned());
        assert_eq!(item_size(&item("shirt-color", text("R"))), 12);
        assert_eq!(item_size(&item("is_open", AttributeValue::Bool(true))), 8);
        assert_eq!(item_size(&item("none", AttributeValue::Null(true))), 5);
        assert_eq!(
            item_size(&item("b", AttributeValue::B(Blob::new([1, 2, 3])))),
            4
        );
        assert_eq!(item_size(&item("l", AttributeValue::L(Vec::new()))), 4);
        assert_eq!(item_size(&item("m", AttributeValue::M(Item::new()))), 4);
        let list = AttributeValue::L(vec![text("é"), number("1")]);
        assert_eq!(item_size(&item("l", list)), 1 + 3 + (1 + 2) + (1 + 2));
        let map = AttributeValue::M(item("ab", number("123")));
        assert_eq!(item_size(&item("m", map)), 1 + 3 + 1 + 2 + 3);
        let many = AttributeValue::L(vec![number("10000000000000000000"); 36_000]);
        assert_eq!(value_size(&many), 3 + 36_000 * 3);
        let set = AttributeValue::Ns(vec!["100".to_owned(), "0.5".to_owned()]);
        assert_eq!(value_size(&set), 4);
    }
}
