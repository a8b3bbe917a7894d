//! The two faces of the codec, through JSON's bytes and through the SDK's values, have one semantics.

use super::codec::{Common, Everything, everything};
use dkmio::codec;
use dkmio_tests::wire::{
    Asked, Source, Tree, asking, encodes_alike, item_json, reads_alike, render,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..300)
}

fn alike(result: Result<(), String>) -> Result<(), TestCaseError> {
    result.map_err(TestCaseError::fail)
}

/// Changes some bytes: replaced, inserted, left out or repeated.
fn mutated(json: &str, mutations: &[(u16, u8, u8)]) -> Vec<u8> {
    const BYTES: &[u8] = b"{}[]\":,\\ nt01-.eSNBML\x00\x1f\x7f\x80\xff";
    let mut bytes = json.as_bytes().to_vec();
    for (at, kind, with) in mutations {
        let at = usize::from(*at) % bytes.len().max(1);
        let with = BYTES[usize::from(*with) % BYTES.len()];
        match kind % 4 {
            0 if at < bytes.len() => bytes[at] = with,
            1 => bytes.insert(at, with),
            2 if at < bytes.len() => {
                bytes.remove(at);
            }
            _ => {
                let part = bytes[at..(at + usize::from(with)).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_type_that_asks_for_anything_reads_alike(json in bytes(), question in any::<u64>()) {
        let json = item_json(&mut Source::new(&json));
        asking(question);
        alike(reads_alike::<Asked>(json.as_bytes()))?;
    }

    #[test]
    fn models_read_alike(json in bytes()) {
        let json = item_json(&mut Source::new(&json));
        alike(reads_alike::<Everything>(json.as_bytes()))?;
        alike(reads_alike::<Common>(json.as_bytes()))?;
    }

    #[test]
    fn models_read_alike_whatever_the_bytes(
        value in everything(), noise in bytes(), question in any::<u64>(),
        mutations in prop::collection::vec(any::<(u16, u8, u8)>(), 1..4),
    ) {
        let json = render(&codec::to_item(&value).unwrap(), &mut Source::new(&noise));
        let json = mutated(&json, &mutations);
        asking(question);
        alike(reads_alike::<Everything>(&json))?;
        alike(reads_alike::<Asked>(&json))?;
    }

    #[test]
    fn white_space_escapes_and_what_does_not_count_change_nothing(value in everything(), noise in bytes()) {
        let json = render(&codec::to_item(&value).unwrap(), &mut Source::new(&noise));
        prop_assert_eq!(codec::from_json::<Everything>(&json).unwrap(), value);
    }

    #[test]
    fn models_are_written_alike_and_read_back(value in everything()) {
        alike(encodes_alike(&value))?;
        prop_assert_eq!(codec::from_json::<Everything>(&codec::to_json(&value).unwrap()).unwrap(), value);
    }

    #[test]
    fn values_of_any_shape_are_written_alike(shape in bytes()) {
        alike(encodes_alike(&Tree::item(&mut Source::new(&shape))))?;
    }
}
