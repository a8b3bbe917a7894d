//! The name of an attribute as a number, because `#[derive(Projection)]` and the table that it reads have nothing else
//! in common.

/// Returns the FNV-1a hash of an attribute's name in DynamoDB.
pub(super) fn hash(wire: &str) -> u64 {
    wire.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(super::hash("user_id"), 0x80c2_29a4_571e_9bfa);
        assert_eq!(super::hash("total"), 0x2dce_de7d_543a_4ffd);
    }
}
