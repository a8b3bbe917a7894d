//! `Sequence`: numbers that rise, from an item of its own in a shared table.

use super::input::incomplete;
use super::terminals::BoxFuture;
use crate::attr::Path;
use crate::error::{Error, InvalidKey, ValidationCause};
use crate::executor::{DynamoDb, Operation};
use crate::expr::{Clause, Explain, ExplainBuilder, Expression, Term, Update};
use crate::schema::{SEQUENCE_KIND, SEQUENCE_PARTITION, SharedTable, TableSchema};
use crate::value::{AttributeValue, Item, KeyKind};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::ReturnValue;
use std::marker::PhantomData;
use std::ops::Range;

/// The attribute with the number that was taken last.
const LAST: &str = "last";

/// A sequence of numbers in a shared table: 1, 2, 3 and so on. Made by the shared table's
/// `sequence`.
///
/// It is an item of dkmio's own, which no entity and no set sees, with the partition key `SEQUENCE#` and the sequence's name. It
/// needs no set-up: the first number that is taken makes it. All callers write this one item, and DynamoDB does about a thousand
/// writes of an item in a second: take several numbers at once where that is too few.
///
/// Numbers are unique, and rise in the order in which DynamoDB did the requests. They have gaps: a caller that fails after it has
/// taken a number leaves one, and so may a request whose answer was lost, because the SDK then takes another.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), dkmio::Error> {
/// use dkmio::{DynamoDb, SharedTable};
///
/// #[derive(SharedTable)]
/// #[dkmio(table = "shop")]
/// #[keys(pk = "PK", sk = "SK", kind = "kind")]
/// struct Shop;
///
/// let db = DynamoDb::embedded();
/// db.create_table::<Shop>().await?;
/// assert_eq!(Shop::sequence("invoice").next().execute(&db).await?, 1);
/// assert_eq!(Shop::sequence("invoice").take(10).execute(&db).await?, 2..12);
/// assert_eq!(Shop::sequence("invoice").next().execute(&db).await?, 12);
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "embedded"))]
/// # fn main() {}
/// ```
#[derive(Debug)]
#[must_use = "a sequence does nothing until `.next()` or `.take(n)`"]
pub struct Sequence<T> {
    name: String,
    table: PhantomData<fn() -> T>,
}

impl<T: SharedTable> Sequence<T> {
    #[doc(hidden)]
    pub fn new(name: String) -> Self {
        Self {
            name,
            table: PhantomData,
        }
    }

    /// Takes the next number: `UpdateItem`.
    // Not `Iterator::next`, because it is a request.
    #[allow(clippy::should_implement_trait, reason = "it yields by a request")]
    pub fn next(self) -> TakeNumbers<T, u64> {
        TakeNumbers {
            name: self.name,
            count: 1,
            read: |numbers| numbers.start,
            table: PhantomData,
        }
    }

    /// Takes this many numbers at once, which follow each other: `UpdateItem`. It costs what one number costs.
    pub fn take(self, count: u32) -> TakeNumbers<T, Range<u64>> {
        TakeNumbers {
            name: self.name,
            count,
            read: |numbers| numbers,
            table: PhantomData,
        }
    }
}

/// Takes numbers of a [`Sequence`]: DynamoDB's `UpdateItem`.
#[derive(Debug)]
#[must_use = "nothing is taken until `.execute(&db)` or `.await`"]
pub struct TakeNumbers<T, R> {
    name: String,
    count: u32,
    read: fn(Range<u64>) -> R,
    table: PhantomData<fn() -> T>,
}

impl<T: SharedTable, R: Send + 'static> TakeNumbers<T, R> {
    const TABLE: &'static TableSchema = T::SCHEMA.table();

    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`TakeNumbers::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.input()?;
        Ok(
            ExplainBuilder::new(UpdateItemInput::NAME, input.table_name())
                .key(input.key())
                .update(input.update_expression())
                .names(input.expression_attribute_names())
                .values(input.expression_attribute_values())
                .returns(input.return_values(), None)
                .build(),
        )
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] for no name and for no numbers, [`Error::InvalidKey`] where the table's partition key is no text.
    pub fn into_input(self) -> Result<UpdateItemInput, Error> {
        self.input()
    }

    fn input(&self) -> Result<UpdateItemInput, Error> {
        self.lower()
            .map_err(|e| e.for_request(UpdateItemInput::NAME, Self::TABLE.name()))
    }

    fn lower(&self) -> Result<UpdateItemInput, Error> {
        if self.name.is_empty() {
            return Err(Error::invalid(
                ValidationCause::Empty,
                "a sequence has a name",
            ));
        }
        if self.count == 0 {
            return Err(Error::invalid(
                ValidationCause::Value,
                "no numbers of a sequence are to be taken; take one or more",
            ));
        }
        let set = |name: &'static str, value: AttributeValue| {
            Clause::Set(Path::root(name), Term::attribute_value(value))
        };
        let count = AttributeValue::N(self.count.to_string());
        let add = Clause::Add(Path::root(LAST), Term::attribute_value(count));
        let mut update = Update::new().clause(add);
        if let Some(kind) = T::SCHEMA.kind() {
            update = update.clause(set(kind, AttributeValue::S(SEQUENCE_KIND.to_owned())));
        }
        let expression = Expression::of_write(Some(update), None)?;
        let mut input = UpdateItemInput::builder()
            .table_name(Self::TABLE.name())
            .build()
            .map_err(incomplete)?;
        input.key = Some(self.key()?);
        input.update_expression = expression.update;
        input.expression_attribute_names = expression.names;
        input.expression_attribute_values = expression.values;
        input.return_values = Some(ReturnValue::UpdatedNew);
        Ok(input)
    }

    fn key(&self) -> Result<Item, Error> {
        let keys = Self::TABLE.keys();
        let mut key = Item::new();
        for element in keys.partition() {
            if element.kind() != KeyKind::S {
                return Err(Error::InvalidKey(InvalidKey::new(format!(
                    "the partition key `{}` is no text, and the key of a sequence is",
                    element.name()
                ))));
            }
            let text = format!("{SEQUENCE_PARTITION}{}", self.name);
            key.insert(element.name().to_owned(), AttributeValue::S(text));
        }
        for element in keys.sort() {
            let value = match element.kind() {
                KeyKind::S => AttributeValue::S("SEQUENCE".to_owned()),
                KeyKind::N => AttributeValue::N("0".to_owned()),
                KeyKind::B => {
                    AttributeValue::B(aws_sdk_dynamodb::primitives::Blob::new(*b"SEQUENCE"))
                }
            };
            key.insert(element.name().to_owned(), value);
        }
        Ok(key)
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// Any [`Error`] of this operation. After one that is [ambiguous](Error::is_ambiguous) numbers may have been taken.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<R, Error>> + Send + 'static + use<T, R> {
        let db = db.clone();
        async move { self.run(db).await }
    }

    async fn run(self, db: DynamoDb) -> Result<R, Error> {
        let (count, read) = (u64::from(self.count), self.read);
        let input = self.into_input()?;
        let answer = db.send_reading(input, Vec::new()).await?;
        let item: Option<Item> = answer.sink.into_iter().flatten().next();
        let last = item.and_then(|item| match item.get(LAST) {
            Some(AttributeValue::N(text)) => text.parse::<u64>().ok(),
            _ => None,
        });
        let Some(last) = last.filter(|last| *last >= count) else {
            return Err(not_a_number(Self::TABLE.name()));
        };
        Ok(read(last - count + 1..last.saturating_add(1)))
    }
}

/// Another program wrote the item.
#[cold]
fn not_a_number(table: &str) -> Error {
    let error = crate::codec::CodecError::new("the sequence holds no number that follows from 1");
    error
        .within_name(LAST)
        .into_decode(Some(table), None)
        .after_write()
}

/// Sends the request on the [default connection](DynamoDb::set_default).
impl<T: SharedTable, R: Send + 'static> IntoFuture for TakeNumbers<T, R> {
    type Output = Result<R, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
    }
}
