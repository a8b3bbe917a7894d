//! Any bytes are taken or refused as the SDK does, and read alike through both faces of the codec.
#![no_main]

use dkmio_tests::wire::{Asked, asking, reads_alike};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (question, json) = data.split_at(data.len().min(2));
    asking(question.iter().fold(0, |q, byte| q << 8 | u64::from(*byte)));
    if let Err(difference) = reads_alike::<Asked>(json) {
        panic!("{difference}");
    }
});
