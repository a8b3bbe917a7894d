//! Items in nearly valid DynamoDB JSON read alike through both faces of the codec, whatever the type asks for.
#![no_main]

use dkmio_tests::wire::{Asked, Source, asking, item_json, reads_alike};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut source = Source::new(data);
    asking(u64::from_le_bytes(source.array()));
    let json = item_json(&mut source);
    if let Err(difference) = reads_alike::<Asked>(json.as_bytes()) {
        panic!("{difference}");
    }
});
