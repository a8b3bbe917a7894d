//! The stub of an item in the request that the SDK has serialized.

/// What the SDK writes of an empty item.
///
/// Nothing else in a request can match: quotes inside strings are escaped, and no attribute value is an empty object.
const STUB: &[u8; 9] = b"\"Item\":{}";
/// The end of the stub, which the item replaces.
const EMPTY: &[u8] = b"{}";

/// Returns the bytes before and after the place of the first stub's item, or `None` if there is no stub.
pub(super) fn split(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let (before, after) = body.split_at_checked(end_of_stub(body)?)?;
    Some((before.strip_suffix(EMPTY)?, after))
}

/// Returns the offset at which the first stub ends.
fn end_of_stub(body: &[u8]) -> Option<usize> {
    let mut end = STUB.len();
    loop {
        let window = body.get(end - STUB.len()..end)?;
        if window == STUB {
            return Some(end);
        }
        // The last byte of the window tells how many bytes later a stub can end at the earliest.
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
                assert_eq!(
                    end_of_stub(body.as_bytes()),
                    Some(before.len() + STUB.len())
                );
                assert_eq!(end_of_stub(before.as_bytes()), None, "{before}");
            }
        }
    }
}
