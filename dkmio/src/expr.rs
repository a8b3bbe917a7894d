//! Expressions: conditions, filters, key conditions, updates and projections, and their text for DynamoDB.
//!
//! The builders of dkmio use this layer. It also serves programs that use the bare SDK client:
//!
//! ```
//! use dkmio::attr;
//! use dkmio::expr::{Expression, KeyCondition, Projection};
//!
//! let e = Expression::builder()
//!     .key_condition(KeyCondition::partition("user_id", "usr_123").begins_with("order_id", "ord_"))
//!     .filter(attr("total").ge(100) & !attr("status").eq("CANCELLED"))
//!     .projection(Projection::new([attr("order_id"), attr("total")]))
//!     .build()?;
//! assert_eq!(e.key_condition(), Some("#user_id = :v0 AND begins_with(#order_id, :v1)"));
//! assert_eq!(e.filter(), Some("#total >= :v2 AND NOT #status = :v3"));
//! assert_eq!(e.projection(), Some("#order_id, #total"));
//!
//! let parts = e.into_parts(); // owned, as the SDK's builders take them
//! // client.query().set_key_condition_expression(parts.key_condition).set_expression_attribute_names(parts.names) ..
//! # let _ = parts;
//! # Ok::<(), dkmio::Error>(())
//! ```
//!
//! [`Condition`], [`attr`](crate::attr()) and what they compare stand at the root of the crate. Programs name the
//! types here; most of the traits are there to be read in signatures and messages.

mod condition;
mod decoder;
mod explain;
mod expression;
mod fold;
mod given;
mod has_size;
mod key_condition;
mod number;
mod operand;
mod operators;
mod ordered;
mod prefix;
mod projection;
mod render;
mod selection;
mod set_sort;
mod sort_condition;
mod sort_member;
mod template_sort;
mod term;
mod update;

pub(crate) use self::condition::ConditionKind;
// The types that stand at the root are hidden here, so that each has one page.
#[doc(hidden)]
pub use self::condition::{AttributeType, Condition};
pub(crate) use self::decoder::Decoder;
#[doc(hidden)]
pub use self::explain::Explain;
pub(crate) use self::explain::ExplainBuilder;
pub(crate) use self::expression::Selected;
pub use self::expression::{Expression, ExpressionBuilder, ExpressionParts};
pub(crate) use self::fold::and;
#[doc(hidden)]
pub use self::given::{Given, Saying, given};
pub use self::given::{JointValues, Stated};
#[doc(hidden)]
pub use self::has_size::HasSize;
pub(crate) use self::key_condition::KeyOperator;
pub use self::key_condition::{KeyCondition, NotASortKeyCondition, SortKey};
#[doc(hidden)]
pub use self::number::Numeric;
pub use self::operand::{
    Addable, Addend, Assigned, Compared, Container, List, Operand, Optional, SetType,
};
#[doc(hidden)]
pub use self::ordered::Ordered;
pub use self::prefix::PrefixValue;
pub use self::projection::Projection;
pub use self::selection::Selection;
#[doc(hidden)]
pub use self::set_sort::SetSort;
#[doc(hidden)]
pub use self::sort_condition::SortCondition;
#[doc(hidden)]
pub use self::sort_condition::SortConditions;
pub use self::sort_member::SortMember;
pub use self::sort_member::{KeepsPrefixes, Sorts, TextMember};
#[doc(hidden)]
pub use self::template_sort::TemplateSort;
pub(crate) use self::template_sort::made_by;
#[doc(hidden)]
pub use self::term::value;
pub use self::term::{IfNotExists, SizeOf, Sum, Term, UntypedAttr};
pub(crate) use self::update::Clause;
pub use self::update::Update;
