//! Where an accessor is called, and what it may do there.

use std::marker::PhantomData;

/// In `.select(..)` of the source `S`.
pub struct Select<S>(PhantomData<S>);
/// In `.filter(..)` of a query of the source `S`.
pub struct Filter<S>(PhantomData<S>);
/// In `.filter(..)` of a scan of the source `S`.
pub struct ScanFilter<S>(PhantomData<S>);
/// In `.condition(..)`, and on the right of an update: all attributes of the table `M` may be read.
pub struct Check<M>(PhantomData<M>);
/// On the left of an update of the table `M`, where the new value is known: `set`, `remove`.
pub struct Assign<M>(PhantomData<M>);
/// On the left of an update of the table `M`, where DynamoDB works out the new value: `add`, `append`, `set_expr`.
pub struct Compute<M>(PhantomData<M>);

/// The context allows the attribute `A`.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait Allows<A> {}
impl<S: Projects<A>, A> Allows<A> for Select<S> {}
impl<S: Projects<A> + NonKey<A>, A> Allows<A> for Filter<S> {}
impl<S: Projects<A>, A> Allows<A> for ScanFilter<S> {}
impl<M, A> Allows<A> for Check<M> {}
impl<M: Changes<A>, A> Allows<A> for Assign<M> {}
impl<M: Changes<A>, A> Allows<A> for Compute<M> {}

/// The context allows the attribute `A`, which is a key of neither the table nor an index.
///
/// It answers [`NonKey`] and [`Changes`] for most attributes with one implementation each, because one for each
/// attribute takes long to compile.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait AllowsNonKey<A> {}
impl<S: Projects<A>, A> AllowsNonKey<A> for Select<S> {}
impl<S: Projects<A>, A> AllowsNonKey<A> for Filter<S> {}
impl<S: Projects<A>, A> AllowsNonKey<A> for ScanFilter<S> {}
impl<M, A> AllowsNonKey<A> for Check<M> {}
impl<M, A> AllowsNonKey<A> for Assign<M> {}
impl<M, A> AllowsNonKey<A> for Compute<M> {}

// An attribute of which a key is made is of one of three classes, by what an update may do with it. Each has a trait, and so
// a message, of its own. Reads and conditions take them all, because the attribute itself is no key.

/// The context allows the attribute `A`, a member of the table's key.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait AllowsKeyMember<A> {}
impl<M: ChangesKey<A>, A> AllowsKeyMember<A> for Assign<M> {}
impl<M: ChangesKey<A>, A> AllowsKeyMember<A> for Compute<M> {}

/// The context allows the attribute `A`, a member of the keys of indexes whose other members an update knows.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait AllowsMember<A> {}
impl<M, A> AllowsMember<A> for Assign<M> {}
impl<M: Computes<A>, A> AllowsMember<A> for Compute<M> {}

/// The context allows the attribute `A`, a member of the key of an index together with others that an update does not
/// know.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait AllowsJoint<A> {}
impl<M: ChangesAlone<A>, A> AllowsJoint<A> for Assign<M> {}
impl<M: Computes<A>, A> AllowsJoint<A> for Compute<M> {}

/// The context allows the attribute `A`, a `#[version]`.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait AllowsVersion<A> {}
impl<M, A: SettableVersion> AllowsVersion<A> for Assign<M> {}
impl<M, A: SettableVersion> AllowsVersion<A> for Compute<M> {}

/// The context allows the attribute `A`, an `#[updated_at]`.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait AllowsUpdatedAt<A> {}
impl<M, A: SettableUpdatedAt> AllowsUpdatedAt<A> for Assign<M> {}
impl<M, A: SettableUpdatedAt> AllowsUpdatedAt<A> for Compute<M> {}

/// The context allows the attribute `A`, an `#[updated_at]` that is a key of an index.
#[diagnostic::on_unimplemented(message = "this attribute cannot be used here")]
pub trait AllowsUpdatedAtKey<A> {}
impl<S: Projects<A>, A> AllowsUpdatedAtKey<A> for Select<S> {}
impl<S: Projects<A> + NonKey<A>, A> AllowsUpdatedAtKey<A> for Filter<S> {}
impl<S: Projects<A>, A> AllowsUpdatedAtKey<A> for ScanFilter<S> {}
impl<M, A> AllowsUpdatedAtKey<A> for Check<M> {}
impl<M, A: SettableUpdatedAt> AllowsUpdatedAtKey<A> for Assign<M> {}
impl<M, A: SettableUpdatedAt> AllowsUpdatedAtKey<A> for Compute<M> {}

// No attribute has these two, so that each use is an error with their message.

/// An update may set the version.
#[diagnostic::on_unimplemented(
    message = "an update does not set the version: every write moves it by one",
    label = "a `#[version]`",
    note = "to check it, give the update the item: `Orders::update(&order)`; to write without the check, its key: `Orders::update(order.key())`"
)]
pub trait SettableVersion {}

/// An update may set the time of the last change.
#[diagnostic::on_unimplemented(
    message = "an update does not set this time: every put and update sets it to now",
    label = "an `#[updated_at]`",
    note = "for a time of your own, such as that of an import, use a field without the mark"
)]
pub trait SettableUpdatedAt {}

macro_rules! read_as_any_other {
    ($($allows:ident),*) => { $(
        impl<S: Projects<A>, A> $allows<A> for Select<S> {}
        impl<S: Projects<A>, A> $allows<A> for Filter<S> {}
        impl<S: Projects<A>, A> $allows<A> for ScanFilter<S> {}
        impl<M, A> $allows<A> for Check<M> {}
    )* };
}
read_as_any_other!(
    AllowsKeyMember,
    AllowsMember,
    AllowsJoint,
    AllowsVersion,
    AllowsUpdatedAt
);

/// The source projects the attribute `A`.
///
/// Each index resolves this to a generated trait of its own, so that the message names the index and lists what it
/// projects.
pub trait Projects<A> {}

/// The attribute `A` is no key of the source; resolved like [`Projects`].
pub trait NonKey<A> {}

/// The attribute `A` of the table may be changed: it is no key; resolved like [`Projects`].
pub trait Changes<A> {}

/// The attribute `A` of the entity may be changed although its key is made of it; resolved like [`Projects`].
pub trait ChangesKey<A> {}

/// The attribute `A` of the entity may be set without the others of which the key of an index is made; resolved like
/// [`Projects`].
pub trait ChangesAlone<A> {}

/// The attribute `A` of the entity may be worked out by DynamoDB; resolved like [`Projects`].
pub trait Computes<A> {}

/// The attribute may be absent.
#[diagnostic::on_unimplemented(
    message = "a required attribute cannot be removed: without it the item no longer reads back",
    label = "needs an optional attribute",
    note = "make the field an `Option`, or give it `#[serde(default)]`"
)]
pub trait Removable {}

/// The source can be read with strong consistency.
#[diagnostic::on_unimplemented(
    message = "a global index cannot be read consistently",
    label = "a global index is always eventually consistent",
    note = "DynamoDB reads consistently from a table and its local indexes only"
)]
pub trait StronglyConsistent {}

/// The model has a version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no version",
    label = "no field of `{Self}` is a `#[version]`",
    note = "mark one: `#[version] version: Version`"
)]
pub trait HasVersion {}

/// A batch may put items of the model: it has no version, which a batch could not check.
#[diagnostic::on_unimplemented(
    message = "a batch has no conditions, and `{Self}` has a version to check",
    label = "an item with a version",
    note = "put the items one by one, or in a transaction: `dkmio::transact_write()`",
    note = "to write them whatever their versions are, such as when they are imported: `.put_unlocked(..)`, `.put_all_unlocked(..)`"
)]
pub trait PutInBatch {}

/// The table has a time to live.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no time to live",
    label = "no field of `{Self}` is a `#[ttl]`",
    note = "mark the field that holds it: `#[ttl] expires_at: Option<Ttl>`"
)]
pub trait HasTtl {}

/// The source has a sort key.
#[diagnostic::on_unimplemented(
    message = "`sk(..)` needs a sort key, and this table or index has none",
    label = "a partition key only",
    note = "narrow the result with `.filter(..)`"
)]
pub trait HasSortKey {}
