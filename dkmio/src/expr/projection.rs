//! The attributes that a read returns, as paths that DynamoDB takes together in one request.

use crate::attr::{Handle, Path};

/// The attributes that a read returns, by paths.
///
/// # Examples
///
/// ```
/// use dkmio::attr;
/// use dkmio::expr::{Expression, Projection};
///
/// let p = Projection::new([attr("total"), attr("address.city"), attr(r"user\.name")]);
/// let e = Expression::builder().projection(p).build()?;
/// assert_eq!(e.projection(), Some("#total, #address.#city, #n0"));
/// # Ok::<(), dkmio::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a projection does nothing until an expression is built with it"]
pub struct Projection {
    pub(crate) paths: Vec<Path>,
}

impl Projection {
    /// Returns the projection of these attributes.
    pub fn new<H: Handle>(attributes: impl IntoIterator<Item = H>) -> Self {
        Self {
            paths: attributes.into_iter().map(|a| a.path().clone()).collect(),
        }
    }

    /// Adds an attribute.
    pub fn and(mut self, attribute: impl Handle) -> Self {
        self.paths.push(attribute.path().clone());
        self
    }

    /// Returns the smallest projection whose result has each of these paths where the item has it.
    ///
    /// DynamoDB leaves no gaps between the elements of a list that were asked for, so that their indexes are lost; the
    /// projection asks for the whole list instead. DynamoDB also refuses two paths of which one leads through the
    /// other; the projection keeps the shorter one.
    pub(crate) fn covering<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut kept: Vec<Path> = Vec::new();
        for path in paths {
            let path = path.above_index();
            if kept
                .iter()
                .any(|k| k.overlaps(&path) && k.segments().len() <= path.segments().len())
            {
                continue;
            }
            kept.retain(|k| !k.overlaps(&path));
            kept.push(path);
        }
        Self { paths: kept }
    }
}
