//! What is written reads back equal through both faces of the codec, or both refuse to write it.

use super::item::Item;
use super::shape::{Refusal, Shape};
use dkmio::{Error, codec};
use dkmio_tests::wire::{Source, encodes_alike, render};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestError, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What was found out about the models around one value.
#[derive(Default)]
struct Check {
    noise: Vec<u8>,
    /// What is not as promised.
    broken: Vec<String>,
    /// Why models were refused, rightly.
    refused: BTreeSet<Refusal>,
}

impl Check {
    fn new(noise: &[u8]) -> Self {
        Self {
            noise: noise.to_vec(),
            ..Self::default()
        }
    }

    /// Checks a value in every place.
    fn everywhere<T: Shape>(&mut self, t: &T) {
        for (places, item) in Item::all(t) {
            item.reading();
            let refusal = places.iter().find_map(|place| t.refusal(*place));
            if let Err(what) = self.kept(&item, refusal) {
                let t: String = format!("{t:?}").chars().take(300).collect();
                self.broken.push(format!("{} of {t}: {what}", item.kind()));
            }
        }
    }

    fn kept<T: Shape>(&mut self, item: &Item<T>, refusal: Option<Refusal>) -> Result<(), String> {
        encodes_alike(item)?;
        let (json, values) = match (codec::to_json(item), codec::to_item(item)) {
            (Ok(json), Ok(values)) => (json, values),
            (Err(e), _) | (_, Err(e)) => {
                let refusal = refusal.ok_or_else(|| format!("refused: {e}"))?;
                self.refused.insert(refusal);
                // serde itself refuses numbers of 128 bits in a flattened enum, and knows no path.
                let is_wide = matches!(refusal, Refusal::Wide | Refusal::Name);
                return match e {
                    Error::Encode(e) if !e.path().is_empty() || is_wide => Ok(()),
                    e => Err(format!("an error without a path: {e}")),
                };
            }
        };
        let stored = render(&values, &mut Source::new(&self.noise));
        for (face, read) in [
            ("from_json", codec::from_json::<Item<T>>(&json)),
            ("from_json, in another order,", codec::from_json(&stored)),
            ("from_item", codec::from_item(values)),
        ] {
            match (read, refusal) {
                (Ok(read), _) if read == *item => {}
                // A put that may not read back reads its item before it sends it, and refuses it: see `engine`.
                (Ok(_) | Err(_), Some(refusal)) => {
                    self.refused.insert(refusal);
                }
                (Ok(_), None) => return Err(format!("{face} reads another value of {json}")),
                (Err(e), None) => return Err(format!("{face} reads {json}: {e}")),
            }
        }
        Ok(())
    }
}

/// Checks some values of a type in all places, and returns why some of them were refused.
pub(super) fn promise<T: Shape>(name: &str) -> BTreeSet<Refusal> {
    let refused = RefCell::new(BTreeSet::new());
    run(name, &|bytes| {
        let mut check = Check::new(bytes);
        check.everywhere(&T::made(&mut Source::new(bytes)));
        refused.borrow_mut().append(&mut check.refused);
        check.broken
    });
    refused.into_inner()
}

/// Runs a check that returns what is broken. Without type parameters, so that it compiles once.
fn run(name: &str, broken: &dyn Fn(&[u8]) -> Vec<String>) {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 6,
        max_shrink_iters: 50,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let result = runner.run(&bytes(), |bytes| match &broken(&bytes)[..] {
        [] => Ok(()),
        broken => Err(TestCaseError::fail(broken.join("\n"))),
    });
    if let Err(TestError::Fail(why, _)) = result {
        panic!("{name}: {why}");
    }
    // The same values each time, so that each refusal is seen each time.
    for bytes in sources(14) {
        let broken = broken(&bytes);
        assert!(broken.is_empty(), "{name}: {broken:#?}");
    }
}

/// What values are made of.
pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..500)
}

/// Returns what some values are made of: the same ones each time.
pub(super) fn sources(count: usize) -> Vec<Vec<u8>> {
    let mut runner = TestRunner::deterministic();
    let mut one = || bytes().new_tree(&mut runner).unwrap().current();
    (0..count).map(|_| one()).collect()
}
