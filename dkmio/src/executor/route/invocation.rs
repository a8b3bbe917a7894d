//! The id by which AWS finds the attempts of one call.

use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator};
use aws_smithy_runtime_api::box_error::BoxError;

/// Returns a random UUID.
pub(super) fn new_id() -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let random = fastrand::u128(..);
    // The version is 4, and the variant 1, of RFC 9562.
    let id = random & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let mut text = String::with_capacity(36);
    for index in 0..32 {
        if matches!(index, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let digit = (id >> (124 - 4 * index)) & 15;
        let digit = usize::try_from(digit)
            .ok()
            .and_then(|digit| DIGITS.get(digit));
        text.push(digit.map_or('0', |digit| char::from(*digit)));
    }
    text
}

/// Has the SDK send the id of the attempt that it takes over.
#[derive(Debug)]
pub(super) struct OfAttempt(pub(super) String);

impl InvocationIdGenerator for OfAttempt {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        Ok(Some(InvocationId::new(self.0.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::new_id;

    #[test]
    fn an_id_is_a_random_uuid() {
        for _ in 0..100 {
            let id = new_id();
            let lengths: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12]);
            assert!(id.chars().all(|c| c == '-' || c.is_ascii_hexdigit()));
            assert_eq!(id.as_bytes().get(14), Some(&b'4'));
            assert!(matches!(
                id.as_bytes().get(19),
                Some(b'8' | b'9' | b'a' | b'b')
            ));
        }
    }
}
