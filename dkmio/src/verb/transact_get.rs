//! `TransactGetItems`: reads items as they are at one moment.

use super::input::incomplete;
use super::table_list::table_list;
use super::terminals::BoxFuture;
use super::transact::{Checked, KeyIn, check_members};
use super::{Each, Get};
use crate::error::{DecodeError, Error, MemberName};
use crate::executor::{DynamoDb, Operation};
use crate::page::{GoOn, Stop};
use crate::schema::{KeySchema, Table};
use crate::value::Item;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsInput;
use aws_sdk_dynamodb::types::{self, TransactGetItem};

/// Reads up to 100 items as they are at one moment: DynamoDB's `TransactGetItems`.
///
/// Made by [`transact_get`], which has an example.
#[must_use = "a transaction does nothing until `.execute(&db)` or `.await`"]
pub struct TransactGet<G> {
    members: G,
}

/// Reads several items as they are at one moment: a tuple of up to 16 gets of any models gives a tuple of options, a
/// `Vec` of gets of one model gives a `Vec`.
///
/// An empty `Vec` sends no request. The reads take twice the capacity of consistent gets.
///
/// # Errors
///
/// [`Error::TransactionCanceled`] if another request is writing one of the items.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String, total: u64 }
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let (user, total) = dkmio::transact_get((Users::get("usr_1"), Orders::get("ord_1").select(|o| o.total())))
///     .execute(&db)
///     .await?;
/// # let _: (Option<Users>, Option<u64>) = (user, total);
/// # Ok(())
/// # }
/// ```
pub fn transact_get<G: TransactGetMembers>(members: G) -> TransactGet<G> {
    TransactGet { members }
}

impl<G: TransactGetMembers> TransactGet<G> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// Any [`Error`] of this operation; see its variants.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<G::Output, Error>> + Send + 'static + use<G> {
        let db = db.clone();
        async move { self.run(&db).await }
    }

    async fn run(self, db: &DynamoDb) -> Result<G::Output, Error> {
        let members = self.members.lower()?;
        if members.is_empty() {
            return self.members.decode(Vec::new());
        }
        let tables: Vec<&str> = members.iter().map(|member| member.table).collect();
        check_members(members.iter().map(ReadMember::checked), db.table_names()).map_err(|e| {
            e.for_request(
                TransactGetItemsInput::NAME,
                &table_list(tables.iter().copied()),
            )
        })?;
        let gets = members.into_iter().map(|member| member.get).collect();
        let input = TransactGetItemsInput::builder()
            .set_transact_items(Some(gets))
            .build()
            .map_err(incomplete)?;
        let names = || {
            tables.iter().map(|table| MemberName {
                table: db.table_name(table),
                operation: "Get",
                label: None,
                expected: None,
            })
        };
        let answer = db.send_reading(input, Vec::new()).await;
        let items = answer.map_err(|e| e.naming_members(names))?.sink;
        self.members.decode(items)
    }
}

/// Sends the request on the [default connection](DynamoDb::set_default).
impl<G: TransactGetMembers> IntoFuture for TransactGet<G> {
    type Output = Result<G::Output, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(&DynamoDb::default_connection()?).await })
    }
}

/// A get of a transaction, lowered.
struct ReadMember {
    table: &'static str,
    keys: &'static KeySchema,
    get: TransactGetItem,
    key: Item,
}

impl ReadMember {
    fn checked(&self) -> Checked<'_> {
        Checked {
            table: self.table,
            keys: self.keys,
            key: KeyIn::Key(&self.key),
            size: 0,
        }
    }
}

/// The members of a read transaction.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read in a transaction",
    label = "expected a tuple of up to 16 `get`s, or a `Vec` of them"
)]
#[allow(private_interfaces, reason = "its functions are for this module")]
pub trait TransactGetMembers: Send + 'static {
    /// What is read.
    type Output: Send + 'static;
    #[doc(hidden)]
    fn lower(&self) -> Result<Vec<ReadMember>, Error>;
    #[doc(hidden)]
    fn decode(self, items: Vec<Option<Item>>) -> Result<Self::Output, Error>;
}

/// A get in a transaction.
#[allow(private_interfaces, reason = "its functions are for this module")]
pub trait TransactGetMember: Send + 'static {
    /// What is read of the item.
    type Item: Send + 'static;
    #[doc(hidden)]
    fn lower(&self) -> Result<ReadMember, Error>;
    #[doc(hidden)]
    fn decode(self, item: Option<Item>) -> Result<Option<Self::Item>, Error>;
}

#[allow(private_interfaces, reason = "its functions are for this module")]
impl<M: Table, O: Send + 'static> TransactGetMember for Get<M, O> {
    type Item = O;

    fn lower(&self) -> Result<ReadMember, Error> {
        lower(self)
    }

    fn decode(self, item: Option<Item>) -> Result<Option<O>, Error> {
        Get::decode::<Stop>(self, item)
    }
}

#[allow(private_interfaces, reason = "its functions are for this module")]
impl<M: Table, O: Send + 'static> TransactGetMember for Each<Get<M, O>> {
    type Item = Result<O, DecodeError>;

    fn lower(&self) -> Result<ReadMember, Error> {
        lower(&self.0)
    }

    fn decode(self, item: Option<Item>) -> Result<Option<Self::Item>, Error> {
        Get::decode::<GoOn>(self.0, item)
    }
}

fn lower<M: Table, O: Send + 'static>(get: &Get<M, O>) -> Result<ReadMember, Error> {
    let input = get.clone().into_input()?;
    let key = input.key.unwrap_or_default();
    let member = types::Get::builder()
        .table_name(M::SCHEMA.name())
        .set_key(Some(key.clone()))
        .set_projection_expression(input.projection_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .build()
        .map_err(incomplete)?;
    Ok(ReadMember {
        table: M::SCHEMA.name(),
        keys: M::KEYS,
        get: TransactGetItem::builder().get(member).build(),
        key,
    })
}

#[allow(private_interfaces, reason = "its functions are for this module")]
impl<G: TransactGetMember> TransactGetMembers for Vec<G> {
    type Output = Vec<Option<G::Item>>;

    fn lower(&self) -> Result<Vec<ReadMember>, Error> {
        self.iter().map(G::lower).collect()
    }

    fn decode(self, items: Vec<Option<Item>>) -> Result<Self::Output, Error> {
        let mut items = items.into_iter();
        self.into_iter()
            .map(|get| get.decode(items.next().flatten()))
            .collect()
    }
}

macro_rules! members {
    ($($G:ident $i:tt),*) => {
        #[allow(private_interfaces, reason = "its functions are for this module")]
        impl<$($G: TransactGetMember),*> TransactGetMembers for ($($G,)*) {
            type Output = ($(Option<$G::Item>,)*);

            fn lower(&self) -> Result<Vec<ReadMember>, Error> {
                Ok(vec![$(self.$i.lower()?),*])
            }

            fn decode(self, items: Vec<Option<Item>>) -> Result<Self::Output, Error> {
                let mut items = items.into_iter();
                Ok(($(self.$i.decode(items.next().flatten())?,)*))
            }
        }
    };
}

/// Calls `members!` for each tuple from one member to all of these.
macro_rules! up_to {
    ([$($done:tt)*]) => {};
    ([] $G:ident $i:tt $(, $($rest:tt)*)?) => {
        members!($G $i);
        up_to!([$G $i] $($($rest)*)?);
    };
    ([$($done:tt)+] $G:ident $i:tt $(, $($rest:tt)*)?) => {
        members!($($done)+, $G $i);
        up_to!([$($done)+, $G $i] $($($rest)*)?);
    };
}
up_to!([] G0 0, G1 1, G2 2, G3 3, G4 4, G5 5, G6 6, G7 7, G8 8, G9 9, G10 10, G11 11, G12 12, G13 13, G14 14, G15 15);
