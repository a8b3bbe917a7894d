//! Conditions: what is rendered means what was built, whatever the nesting.

use dkmio::expr::Expression;
use dkmio::{Condition, attr};
use proptest::prelude::*;

/// A condition over the attributes `p0` to `p3`, each of which exists or does not.
#[derive(Debug, Clone)]
enum Tree {
    Exists(usize),
    And(Vec<Tree>),
    Or(Vec<Tree>),
    Not(Box<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    (0usize..4)
        .prop_map(Tree::Exists)
        .prop_recursive(5, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::And),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::Or),
                inner.prop_map(|t| Tree::Not(Box::new(t))),
            ]
        })
}

impl Tree {
    fn condition(&self) -> Condition {
        match self {
            Self::Exists(n) => attr(&format!("p{n}")).exists(),
            Self::And(trees) => Condition::all(trees.iter().map(Self::condition)),
            Self::Or(trees) => Condition::any(trees.iter().map(Self::condition)),
            Self::Not(tree) => !tree.condition(),
        }
    }

    fn holds(&self, present: usize) -> bool {
        match self {
            Self::Exists(n) => present & (1 << n) != 0,
            Self::And(trees) => trees.iter().all(|t| t.holds(present)),
            Self::Or(trees) => trees.iter().any(|t| t.holds(present)),
            Self::Not(tree) => !tree.holds(present),
        }
    }
}

/// Evaluates rendered text by DynamoDB's precedence: OR, then AND, then NOT.
struct Evaluator<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<&'a str>>,
    present: usize,
}

impl<'a> Evaluator<'a> {
    fn holds(text: &'a str, present: usize) -> bool {
        let mut tokens = Vec::new();
        for word in text.split(' ') {
            let mut word = word;
            while let Some(rest) = word.strip_prefix('(') {
                tokens.push("(");
                word = rest;
            }
            // `attribute_exists(#p0)` has a parenthesis of its own.
            let own = usize::from(word.contains('('));
            let closing = word.len() - word.trim_end_matches(')').len() - own;
            tokens.push(&word[..word.len() - closing]);
            tokens.extend(std::iter::repeat_n(")", closing));
        }
        let mut evaluator = Self {
            tokens: tokens.into_iter().peekable(),
            present,
        };
        let result = evaluator.or();
        assert!(evaluator.tokens.next().is_none(), "{text}");
        result
    }

    fn or(&mut self) -> bool {
        let mut result = self.and();
        while self.tokens.next_if_eq(&"OR").is_some() {
            let right = self.and();
            result |= right;
        }
        result
    }

    fn and(&mut self) -> bool {
        let mut result = self.not();
        while self.tokens.next_if_eq(&"AND").is_some() {
            let right = self.not();
            result &= right;
        }
        result
    }

    fn not(&mut self) -> bool {
        match self.tokens.next().expect("a condition") {
            "NOT" => !self.not(),
            "(" => {
                let result = self.or();
                assert_eq!(self.tokens.next(), Some(")"));
                result
            }
            call => {
                let digit = call
                    .trim_start_matches("attribute_exists(#p")
                    .trim_end_matches(')');
                self.present & (1 << digit.parse::<usize>().expect(call)) != 0
            }
        }
    }
}

proptest! {
    #[test]
    fn a_rendered_condition_means_what_was_built(tree in tree()) {
        match Expression::builder().condition(tree.condition()).build() {
            Ok(e) => for present in 0..16 {
                let rendered = e.condition().is_none_or(|text| Evaluator::holds(text, present));
                prop_assert_eq!(rendered, tree.holds(present), "{:?} for {:04b}", e.condition(), present);
            },
            // DynamoDB has no words for what never holds.
            Err(_) => prop_assert!((0..16).all(|present| !tree.holds(present))),
        }
    }
}
