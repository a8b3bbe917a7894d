//! Reads a small stream in every order of writes, splits, trims, faults, answers, checkpoints and kills.
//!
//! In each state that there is, what was handed out is in order and was not handed out before; and from each, a consumer that
//! is left alone comes to hand out all that was not trimmed.

use super::Beginning;
use super::world::{Budget, World};
use std::collections::HashSet;

fn explore(beginning: Beginning, budget: Budget) -> usize {
    let mut seen = HashSet::new();
    let mut next = vec![World::new(beginning, budget)];
    while let Some(world) = next.pop() {
        for step in world.steps() {
            let mut after = world.clone();
            after.take(&step);
            if seen.insert(after.key()) {
                after.check();
                next.push(after);
            }
        }
    }
    seen.len()
}

const NOTHING: Budget = Budget {
    writes: 0,
    splits: 0,
    trims: 0,
    removals: 0,
    expiries: 0,
    faults: 0,
    checkpoints: 0,
    kills: 0,
    disables: 0,
};

#[test]
fn a_split_is_read_in_order_whatever_fails() {
    let budget = Budget {
        writes: 2,
        splits: 1,
        expiries: 1,
        faults: 1,
        ..NOTHING
    };
    let states = explore(Beginning::Oldest, budget);
    assert!(states > 1_500, "{states}");
}

#[test]
fn a_kill_loses_nothing() {
    let budget = Budget {
        writes: 2,
        splits: 1,
        checkpoints: 1,
        kills: 1,
        ..NOTHING
    };
    let states = explore(Beginning::Oldest, budget);
    assert!(states > 1_500, "{states}");
}

#[test]
fn a_start_at_the_latest_records_survives_a_kill() {
    let budget = Budget {
        writes: 2,
        splits: 1,
        checkpoints: 1,
        kills: 1,
        ..NOTHING
    };
    let states = explore(Beginning::Latest(0), budget);
    assert!(states > 1_500, "{states}");
}

#[test]
fn what_is_trimmed_is_told_and_the_rest_is_read() {
    let budget = Budget {
        writes: 2,
        splits: 1,
        trims: 1,
        checkpoints: 1,
        kills: 1,
        ..NOTHING
    };
    let states = explore(Beginning::Oldest, budget);
    assert!(states > 1_500, "{states}");
}

#[test]
fn a_shard_that_vanishes_is_told_and_its_children_are_read() {
    let budget = Budget {
        writes: 2,
        splits: 1,
        removals: 1,
        checkpoints: 1,
        kills: 1,
        ..NOTHING
    };
    let states = explore(Beginning::Oldest, budget);
    assert!(states > 1_500, "{states}");
}

#[test]
fn a_stream_that_is_switched_off_comes_to_its_end() {
    let budget = Budget {
        writes: 2,
        splits: 1,
        faults: 1,
        disables: 1,
        ..NOTHING
    };
    let states = explore(Beginning::Oldest, budget);
    assert!(states > 1_500, "{states}");
}
