//! Values that call any of serde's methods are written alike through both faces of the codec.
#![no_main]

use dkmio_tests::wire::{Source, Tree, encodes_alike};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Err(difference) = encodes_alike(&Tree::item(&mut Source::new(data))) {
        panic!("{difference}");
    }
});
