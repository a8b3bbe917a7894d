//! Checks binary data that is skipped, without decoding it.

/// Whether a text is base64 as the SDK takes it: padded, and with no bits left over at the end.
pub(super) fn is_base64(text: &str) -> bool {
    fn value(byte: u8) -> Option<u8> {
        Some(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        })
    }
    let bytes = text.as_bytes();
    let padding = bytes
        .iter()
        .rev()
        .take(2)
        .take_while(|b| **b == b'=')
        .count();
    let (data, _) = bytes.split_at(bytes.len() - padding);
    let stray = match padding {
        0 => 0,
        1 => 0b11,
        _ => 0b1111,
    };
    bytes.len().is_multiple_of(4)
        && data.iter().all(|b| value(*b).is_some())
        && data
            .last()
            .is_none_or(|b| value(*b).is_some_and(|v| v & stray == 0))
        && (padding == 0 || !data.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::base64;

    #[test]
    fn base64_is_what_the_sdk_decodes() {
        let alphabet = [b'A', b'B', b'g', b'/', b'+', b'=', b'-', b'9', b'Q', b'w'];
        for length in 0..6 {
            for number in 0..alphabet.len().pow(length) {
                let text: String = (0..length)
                    .map(|i| alphabet[number / alphabet.len().pow(i) % alphabet.len()] as char)
                    .collect();
                assert_eq!(is_base64(&text), base64::decode(&text).is_ok(), "{text}");
            }
        }
    }
}
