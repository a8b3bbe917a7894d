//! An empty item in the request that the SDK has written, where an item is to go.

use crate::value::EncodedItem;

/// A stub: what the SDK writes of an empty item. Nothing else in a request looks so, as quotes in a string are escaped
/// and no attribute value is an empty object.
const STUB: &[u8; 9] = b"\"Item\":{}";
pub(super) const EMPTY: &[u8] = b"{}";

pub(super) fn fill_stub(body: &[u8], item: &EncodedItem) -> Option<Vec<u8>> {
    let (before, after) = body.split_at_checked(stub(body)?)?;
    Some([before.strip_suffix(EMPTY)?, item.json(), after].concat())
}

/// Returns where the first stub ends.
pub(super) fn stub(body: &[u8]) -> Option<usize> {
    let mut end = STUB.len();
    loop {
        let window = body.get(end - STUB.len()..end)?;
        if window == STUB {
            return Some(end);
        }
        // The last byte of the window says how much nearer the end of a stub can be.
        end += match window.last()? {
            b'{' => 1,
            b':' => 2,
            b'"' => 3,
            b'm' => 4,
            b'e' => 5,
            b't' => 6,
            b'I' => 7,
            _ => STUB.len(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stub_is_found_wherever_it_is() {
        let parts = [
            "",
            "\"",
            "\"Item\":{",
            "\"Item\":{\"a\":{}}",
            "Item:{}}{",
            "\"\"Ite",
        ];
        for before in parts {
            for length in 0..20 {
                let before = format!("{before}{}", "x".repeat(length));
                let body = format!("{before}\"Item\":{{}},\"Item\":{{}}");
                assert_eq!(stub(body.as_bytes()), Some(before.len() + STUB.len()));
                assert_eq!(stub(before.as_bytes()), None, "{before}");
            }
        }
    }
}
