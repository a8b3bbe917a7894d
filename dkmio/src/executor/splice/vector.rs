//! Writes the vector of a search into its request.

use crate::codec::wire::Reader;
use crate::value::EncodedVector;

/// Returns the body with the vector in place of the empty one, or `None` if the body has no empty vector.
pub(super) fn splice(body: &[u8], vector: &EncodedVector) -> Option<Vec<u8>> {
    let mut reader = Reader::new(body).ok()?;
    let mut members = reader.object().ok()?;
    while let Some(name) = reader.next_member(&mut members).ok()? {
        let start = reader.position();
        if name != "SearchVector" {
            reader.skip_value().ok()?;
            continue;
        }
        let mut numbers = reader.array().ok()?;
        // If the user's interceptor put a vector in, it must not be replaced.
        if reader.next_element(&mut numbers).ok()? {
            return None;
        }
        let before = body.get(..start)?;
        let after = body.get(reader.position()..)?;
        return Some([before, vector.json(), after].concat());
    }
    None
}
