//! Where an engine answers otherwise than DynamoDB: the one list of it.
//!
//! A test of `tests/engine` that is listed here for an engine must fail on it, and is reported by name. What
//! DynamoDB's documentation says of each is in `tests/engine/DIFFERENCES.md`.

use crate::database::Database;

/// An engine that the tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// DynamoDB, or one that is taken for it: nothing may differ.
    Faithful,
    /// The embedded engine: dynoxide.
    Embedded,
    /// moto's server, in Python.
    Moto,
    /// dynalite, in JavaScript.
    Dynalite,
}

impl Engine {
    /// Returns the engine that the tests run on: with an endpoint, the one that `DKMIO_TEST_ENGINE` names.
    pub fn of_env() -> Self {
        if Database::endpoint().is_none() {
            return Self::Embedded;
        }
        match std::env::var("DKMIO_TEST_ENGINE").as_deref() {
            Ok("moto") => Self::Moto,
            Ok("dynalite") => Self::Dynalite,
            _ => Self::Faithful,
        }
    }
}

impl Engine {
    /// Returns whether the engine knows `UpdateTimeToLive`.
    pub fn expires(self) -> bool {
        self != Self::Dynalite
    }
}

/// Returns the engine's fault for which the test fails on it.
pub fn difference(engine: Engine, test: &str) -> Option<&'static str> {
    let list = match engine {
        Engine::Faithful => return None,
        Engine::Embedded => EMBEDDED,
        Engine::Moto => MOTO,
        Engine::Dynalite => DYNALITE,
    };
    list.iter()
        .find(|(_, tests)| tests.contains(&test))
        .map(|(fault, _)| *fault)
}

/// A fault, and the tests that fail for it.
type Difference = (&'static str, &'static [&'static str]);

const EMBEDDED: &[Difference] = &[(
    "an update that creates the item answers ALL_OLD with the key",
    &["seed::update::an_update_that_creates_the_item_returns_no_old_one"],
)];

const MOTO: &[Difference] = &[
    (
        "an item has 405,000 bytes at most, not 400 KB",
        &["pitfalls::limits::an_item_has_four_hundred_kilobytes"],
    ),
    (
        "sums are rounded to the 28 digits of Python's decimals",
        &["pitfalls::numbers::numbers_of_38_digits_are_exact"],
    ),
    (
        "a bracket in the name behind an alias is taken for a list index",
        &["seed::model::reserved_words_and_odd_names_are_escaped_everywhere"],
    ),
    (
        "the size of an absent attribute is an internal error, not false",
        &["seed::operators::size_takes_each_comparison"],
    ),
    (
        "a consistent read takes the capacity of any other",
        &["seed::query::a_consistent_query_reads_the_same_at_twice_the_capacity"],
    ),
    (
        "a read transaction has 25 members at most",
        &["transactions::a_hundred_members_are_done"],
    ),
    (
        "the client token of a transaction is ignored",
        &["transactions::the_same_token_is_done_once"],
    ),
    (
        "UPDATED_OLD and UPDATED_NEW leave out what was set to the value it had",
        &["seed::update::each_return_value_is_typed"],
    ),
    (
        "a number of 38 digits with more places is an internal error",
        &["values::shapes::numbers_at_their_ends"],
    ),
];

const DYNALITE: &[Difference] = &[
    (
        "there are no transactions",
        &[
            "bulk::a_transaction_is_all_or_nothing_and_says_who_refused",
            "transactions::a_hundred_members_are_done",
            "transactions::a_list_of_gets_gives_a_list_with_none_for_what_is_not_there",
            "transactions::a_tuple_of_sixteen_is_read",
            "transactions::each_kind_of_member_can_be_the_reason",
            "transactions::every_kind_of_member_is_done",
            "transactions::reasons_come_in_the_order_of_the_members_with_their_items",
            "transactions::the_same_token_is_done_once",
        ],
    ),
    (
        "there are no index keys of several attributes",
        &[
            "multi_key::an_index_with_several_keys_projects_and_filters_as_others",
            "multi_key::cursors_hold_all_key_attributes",
            "multi_key::items_come_in_the_order_of_all_sort_attributes",
            "multi_key::the_partition_takes_a_tuple_of_all_its_attributes",
            "multi_key::the_sort_key_is_compared_left_to_right",
            "values::decimals::a_range_of_decimals_is_in_the_order_of_numbers",
            "values::decimals::an_index_sorts_by_an_optional_decimal",
            "values::decimals::an_item_is_found_by_its_decimal",
        ],
    ),
    (
        "ReturnValuesOnConditionCheckFailure is ignored",
        &["seed::conditions::the_current_item_comes_with_the_failure_when_asked_for"],
    ),
    (
        "there is no time to live",
        &[
            "seed::ttl::creating_the_table_switches_time_to_live_on",
            "verify::a_time_to_live_that_is_off_or_another_is_found",
            "verify::a_time_to_live_that_is_on_is_as_the_model",
        ],
    ),
];
