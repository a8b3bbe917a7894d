//! `KeyMember`: which types can be members of a key template, and the form of their text in it.

/// How a member of a key template is written.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text of any length. What follows it in the template ends it.
    Text,
    /// Text that sorts as its values do, always of this many bytes.
    Fixed(usize),
    /// An integer, with zeros before it up to this many digits.
    Unsigned(usize),
    /// `0` and the digits, or `-` and their complement to nine, so that negative numbers sort too.
    Signed(usize),
}

/// What formats ask of a member's text.
impl Form {
    #[doc(hidden)]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Unsigned(_) | Self::Signed(_))
    }

    #[doc(hidden)]
    pub const fn is_no_number(self) -> bool {
        !self.is_number()
    }

    #[doc(hidden)]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text)
    }
}

/// A type that can be a member of a key template, such as `{order_id}` in `ORDER#{order_id}`.
///
/// | type | text in the key |
/// |---|---|
/// | `String`, text newtypes, enums | itself; separators in it are percent-encoded |
/// | `uuid::Uuid`, `chrono::NaiveDate`, `jiff::civil::Date`, `Sortable<..>` | its key text, which sorts and has one width |
/// | `chrono::NaiveDateTime`, `NaiveTime`, `jiff::civil::DateTime`, `Time` | itself |
/// | `u8` to `u128`, `usize` | digits, with zeros before them to the type's width |
/// | `i8` to `i128`, `isize` | `0` and the digits, or `-` and their complement to nine; sorts as the numbers do |
/// | `Option` of these | in the key of an index only: the item is in the index if it has a value |
///
/// For a newtype around one of these, or an enum without fields, derive
/// [`KeyAttribute`](derive@crate::KeyAttribute), which implements this trait too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a key template",
    label = "has no text that sorts as its values do",
    note = "strings, integers, `Uuid`, dates, `Sortable<..>` and types that derive `dkmio::KeyAttribute` can",
    note = "for a float or decimal keep a whole number of the smallest unit; for a moment `Sortable<..>`; for a bool an enum"
)]
pub trait KeyMember {
    #[doc(hidden)]
    const FORM: Form;
}

/// A member of a key template whose text always has the same width.
#[diagnostic::on_unimplemented(
    message = "the text of a `{Self}` has no fixed width, so what follows it in the key does not leave it in order",
    label = "compare with `eq`, or end the member with `#`",
    note = "`#` sorts before all that the text of a member can hold; other separators sort within it",
    note = "a table with `escape = refuse` sorts by the last member of a key only"
)]
#[doc(hidden)]
pub trait FixedWidth {}

/// States that a field's type can be a member of a key template.
#[doc(hidden)]
pub const fn assert_member<T: KeyMember>() {}

macro_rules! members {
    ($($ty:ty => $form:expr),* $(,)?) => { $(
        #[diagnostic::do_not_recommend]
        impl KeyMember for $ty { const FORM: Form = $form; }
        #[diagnostic::do_not_recommend]
        impl FixedWidth for $ty {}
    )* };
}

members! {
    u8 => Form::Unsigned(3),
    u16 => Form::Unsigned(5),
    u32 => Form::Unsigned(10),
    u64 => Form::Unsigned(20),
    u128 => Form::Unsigned(39),
    usize => Form::Unsigned(20),
    super::EpochSeconds => Form::Unsigned(20),
    i8 => Form::Signed(3),
    i16 => Form::Signed(5),
    i32 => Form::Signed(10),
    i64 => Form::Signed(19),
    i128 => Form::Signed(39),
    isize => Form::Signed(19),
}

#[diagnostic::do_not_recommend]
impl KeyMember for String {
    const FORM: Form = Form::Text;
}

#[cfg(feature = "uuid")]
members!(uuid::Uuid => Form::Fixed(36));

#[cfg(feature = "chrono")]
members! {
    chrono::NaiveDate => Form::Fixed(10),
    super::Sortable<chrono::DateTime<chrono::Utc>> => Form::Fixed(30),
}

#[cfg(feature = "jiff")]
members! {
    jiff::civil::Date => Form::Fixed(10),
    super::Sortable<jiff::Timestamp> => Form::Fixed(30),
}

#[cfg(any(feature = "chrono", feature = "jiff"))]
macro_rules! texts {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl KeyMember for $ty { const FORM: Form = Form::Text; }
    )* };
}
#[cfg(feature = "chrono")]
texts!(chrono::NaiveDateTime, chrono::NaiveTime);
#[cfg(feature = "jiff")]
texts!(jiff::civil::DateTime, jiff::civil::Time);

#[diagnostic::do_not_recommend]
impl<T: KeyMember> KeyMember for Option<T> {
    const FORM: Form = T::FORM;
}

// The derive of `KeyAttribute` states its bounds on references, because rustc checks others where they are declared.
#[diagnostic::do_not_recommend]
impl<T: KeyMember> KeyMember for &T {
    const FORM: Form = T::FORM;
}
#[diagnostic::do_not_recommend]
impl<T: FixedWidth> FixedWidth for &T {}
