//! The promise: what a put takes reads back equal, whatever serde makes of a model, or the put refuses it.

mod check;
mod collections;
mod engine;
mod enums;
mod foreign;
mod interop;
mod item;
mod places;
mod scalars;
mod shape;
mod structs;
mod verbs;

use self::check::promise;
use self::collections::Tags;
use self::shape::Refusal;
use self::structs::{ByNumbers, Everything};
use dkmio::{Bytes, Number, Set, Value};

macro_rules! promised {
    ($($name:ident: $ty:ty => [$($refusal:ident),*];)*) => {$(
        #[test]
        fn $name() {
            let refused = promise::<$ty>(stringify!($ty));
            let expected = [$(Refusal::$refusal),*];
            assert_eq!(refused.into_iter().collect::<Vec<_>>(), Vec::<Refusal>::from(expected));
        }
    )*};
}

promised! {
    wide_numbers: u128 => [Wide];
    exact_numbers: Number => [];
    bytes: Bytes => [];
    nothing: () => [SomeOfNothing];
    sets: Set<String> => [EmptySet];
    newtypes_around_sets: Tags => [EmptySet];
    options: Option<u8> => [NothingInVariant, SomeOfNothing];
    options_of_sets: Option<Set<i64>> => [EmptySet, NothingInVariant, SomeOfNothing];
    maps_by_numbers: ByNumbers => [Name];
    values: Value => [SomeOfNothing];
    everything_else: Everything => [];
}
