//! Vectors of a fixed length, which a vector index searches.

use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// How many numbers `Debug` shows.
const SHOWN: usize = 4;

/// A vector of `N` floats, such as the embedding of a text: what a vector index searches.
///
/// DynamoDB stores it as a list of numbers, and the index keeps each as a float of 32 bits. The length is a part of the
/// type, because an index takes vectors of one length only. An array has it at compile time; a slice or `Vec`, such as
/// an embedding model returns, is checked when it is converted.
///
/// The numbers must be finite: NaN and infinity are refused when the vector is written, with
/// [`Error::Encode`](crate::Error::Encode), as they are in any attribute.
///
/// # Examples
///
/// ```
/// use dkmio::Vector;
///
/// let known = Vector::from([0.1, 0.2, 0.3]);
/// assert_eq!(known.len(), 3);
///
/// let embedding: Vec<f32> = vec![0.1, 0.2, 0.3];
/// let checked: Vector<3> = embedding.try_into()?;
/// assert_eq!(checked, known);
/// assert!(Vector::<3>::try_from([0.1, 0.2].as_slice()).is_err());
/// # Ok::<(), dkmio::InvalidVector>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Vector<const N: usize>(Box<[f32]>);

/// A vector has another number of floats than its type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a vector of {expected} numbers, and this one has {found}")]
pub struct InvalidVector {
    expected: usize,
    found: usize,
}

impl InvalidVector {
    /// Returns the number of floats that the type says.
    pub fn expected(&self) -> usize {
        self.expected
    }

    /// Returns the number of floats that there are.
    pub fn found(&self) -> usize {
        self.found
    }
}

impl<const N: usize> Vector<N> {
    /// Returns the floats as a slice.
    pub fn as_slice(&self) -> &[f32] {
        &self.0
    }

    /// Returns the floats.
    pub fn into_vec(self) -> Vec<f32> {
        self.0.into_vec()
    }
}

impl<const N: usize> Deref for Vector<N> {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl<const N: usize> AsRef<[f32]> for Vector<N> {
    fn as_ref(&self) -> &[f32] {
        &self.0
    }
}

impl<const N: usize> From<[f32; N]> for Vector<N> {
    fn from(floats: [f32; N]) -> Self {
        Self(Box::new(floats))
    }
}

impl<const N: usize> From<&[f32; N]> for Vector<N> {
    fn from(floats: &[f32; N]) -> Self {
        Self(Box::from(floats.as_slice()))
    }
}

impl<const N: usize> TryFrom<Vec<f32>> for Vector<N> {
    type Error = InvalidVector;

    fn try_from(floats: Vec<f32>) -> Result<Self, InvalidVector> {
        match floats.len() == N {
            true => Ok(Self(floats.into_boxed_slice())),
            false => Err(InvalidVector {
                expected: N,
                found: floats.len(),
            }),
        }
    }
}

impl<const N: usize> TryFrom<&[f32]> for Vector<N> {
    type Error = InvalidVector;

    fn try_from(floats: &[f32]) -> Result<Self, InvalidVector> {
        match floats.len() == N {
            true => Ok(Self(Box::from(floats))),
            false => Err(InvalidVector {
                expected: N,
                found: floats.len(),
            }),
        }
    }
}

impl<const N: usize> TryFrom<&Vec<f32>> for Vector<N> {
    type Error = InvalidVector;

    fn try_from(floats: &Vec<f32>) -> Result<Self, InvalidVector> {
        Self::try_from(floats.as_slice())
    }
}

impl<const N: usize> From<Vector<N>> for Vec<f32> {
    fn from(vector: Vector<N>) -> Self {
        vector.into_vec()
    }
}

/// Shows the first numbers, because nobody reads a thousand.
impl<const N: usize> fmt::Debug for Vector<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        list.entries(self.iter().take(SHOWN));
        match self.len() > SHOWN {
            true => list.finish_non_exhaustive(),
            false => list.finish(),
        }
    }
}

impl<const N: usize> Serialize for Vector<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Vector<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(VectorVisitor)
    }
}

struct VectorVisitor<const N: usize>;

impl<'de, const N: usize> Visitor<'de> for VectorVisitor<N> {
    type Value = Vector<N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a vector of {N} numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vector<N>, A::Error> {
        let mut floats = Vec::with_capacity(N);
        while let Some(float) = elements.next_element()? {
            if floats.len() == N {
                return Err(A::Error::invalid_length(N + 1, &self));
            }
            floats.push(float);
        }
        let found = floats.len();
        Vector::try_from(floats).map_err(|_| A::Error::invalid_length(found, &self))
    }
}

/// The type of a field that a vector index of this many dimensions searches: [`Vector`] or `Option<Vector>`.
#[diagnostic::on_unimplemented(
    message = "a vector index of {DIMENSIONS} dimensions cannot search `{Self}`",
    label = "expected `dkmio::Vector<{DIMENSIONS}>` or `Option` of it",
    note = "DynamoDB refuses an item whose vector has another length than the index: make `dimensions` and the field's type agree"
)]
pub trait VectorAttribute<const DIMENSIONS: usize> {}
impl<const N: usize> VectorAttribute<N> for Vector<N> {}
impl<const N: usize> VectorAttribute<N> for Option<Vector<N>> {}

/// States that a field's type can be searched by a vector index.
pub const fn assert_vector<T: VectorAttribute<DIMENSIONS>, const DIMENSIONS: usize>() {}
