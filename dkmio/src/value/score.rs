//! How near a found vector is: a score whose type says which end is the better one.

use std::cmp::Ordering;
use std::fmt;

/// The score of a found item: [`Distance`] or [`Similarity`], by the index's distance function.
pub trait Score: Copy + Ord + fmt::Debug + Send + Sync + 'static {
    #[doc(hidden)]
    fn of(score: f64) -> Self;
}

macro_rules! scores {
    ($(#[doc = $doc:literal])* $name:ident: $compare:expr) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy)]
        pub struct $name(f64);

        impl $name {
            /// Returns the number, as DynamoDB sent it.
            pub fn value(self) -> f64 {
                self.0
            }
        }

        impl Score for $name {
            fn of(score: f64) -> Self {
                Self(score)
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                let compare: fn(&f64, &f64) -> Ordering = $compare;
                compare(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.cmp(other).is_eq()
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

scores! {
    /// How far a found vector is from the one that was searched for: the score of `distance = cosine` and
    /// `distance = euclidean`.
    ///
    /// A cosine distance lies between 0, the same direction, and 2, the opposite one. Sorting puts the nearest first,
    /// as DynamoDB does.
    Distance: f64::total_cmp
}

scores! {
    /// How similar a found vector is to the one that was searched for: the score of `distance = dot_product`.
    ///
    /// The larger, the more similar; it can be negative. Sorting puts the most similar first, as DynamoDB does, and so
    /// the more similar of two is the *lesser* in comparisons: compare [`value`](Self::value) with a threshold.
    Similarity: |a, b| b.total_cmp(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_puts_the_best_first() {
        let mut distances = [0.5, 0.1, 2.0].map(Distance::of);
        distances.sort();
        assert_eq!(distances.map(Distance::value), [0.1, 0.5, 2.0]);
        let mut similarities = [0.5, -0.1, 2.0].map(Similarity::of);
        similarities.sort();
        assert_eq!(similarities.map(Similarity::value), [2.0, 0.5, -0.1]);
    }
}
