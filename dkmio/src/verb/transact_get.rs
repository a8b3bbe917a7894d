use super::transact::{Checked, KeyIn, check_members};
use super::{BoxFuture, Get, incomplete};
use crate::error::Error;
use crate::executor::{DynamoDb, Request};
use crate::schema::{KeySchema, Table};
use crate::value::Item;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsInput;
use aws_sdk_dynamodb::types::{self, TransactGetItem};

/// Reads up to 100 items as they are at one moment: DynamoDB's `TransactGetItems`.
///
/// Made by [`transact_get`].
#[must_use = "a transaction does nothing until `.execute(&db)` or `.await`"]
pub struct TransactGet<G> {
    members: G,
}

/// Reads several items as they are at one moment: a tuple of up to 16 gets of any models gives a tuple of options, a
/// `Vec` of gets of one model gives a `Vec`.
///
/// A get of nothing (an empty `Vec`) sends nothing. Reads cost twice the capacity of a consistent get.
///
/// # Errors
///
/// [`Error::TransactionCanceled`] when a write of one of the items is under way.
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
        let located =
            |e: Error| e.for_request(TransactGetItemsInput::OPERATION, "(before sending)");
        let members = self.members.lower().map_err(located)?;
        if members.is_empty() {
            return self.members.decode(Vec::new());
        }
        check_members(members.iter().map(Member::checked), db.table_names()).map_err(located)?;
        let gets = members.into_iter().map(|member| member.get).collect();
        let input = TransactGetItemsInput::builder()
            .set_transact_items(Some(gets))
            .build()
            .map_err(incomplete)?;
        let items = db.exchange(input, Vec::new()).await?.received;
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

type Lowered = Vec<Member>;

struct Member {
    table: &'static str,
    keys: &'static KeySchema,
    get: TransactGetItem,
    key: Item,
}

impl Member {
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
    fn lower(&self) -> Result<Lowered, Error>;
    #[doc(hidden)]
    fn decode(self, items: Vec<Option<Item>>) -> Result<Self::Output, Error>;
}

fn lower<M: Table, O: Send + 'static>(get: &Get<M, O>) -> Result<Member, Error> {
    let input = get.clone().into_input()?;
    let key = input.key.unwrap_or_default();
    let member = types::Get::builder()
        .table_name(M::SCHEMA.name())
        .set_key(Some(key.clone()))
        .set_projection_expression(input.projection_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .build()
        .map_err(incomplete)?;
    Ok(Member {
        table: M::SCHEMA.name(),
        keys: M::KEYS,
        get: TransactGetItem::builder().get(member).build(),
        key,
    })
}

#[allow(private_interfaces, reason = "its functions are for this module")]
impl<M: Table, O: Send + 'static> TransactGetMembers for Vec<Get<M, O>> {
    type Output = Vec<Option<O>>;

    fn lower(&self) -> Result<Lowered, Error> {
        self.iter().map(lower).collect()
    }

    fn decode(self, items: Vec<Option<Item>>) -> Result<Self::Output, Error> {
        let mut items = items.into_iter();
        self.into_iter()
            .map(|get| get.decode(items.next().flatten()))
            .collect()
    }
}

macro_rules! members {
    ($($M:ident $O:ident $i:tt),*) => {
        #[allow(private_interfaces, reason = "its functions are for this module")]
        impl<$($M: Table, $O: Send + 'static),*> TransactGetMembers for ($(Get<$M, $O>,)*) {
            type Output = ($(Option<$O>,)*);

            fn lower(&self) -> Result<Lowered, Error> {
                Ok(vec![$(lower(&self.$i)?),*])
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
    ([] $M:ident $O:ident $i:tt $(, $($rest:tt)*)?) => {
        members!($M $O $i);
        up_to!([$M $O $i] $($($rest)*)?);
    };
    ([$($done:tt)+] $M:ident $O:ident $i:tt $(, $($rest:tt)*)?) => {
        members!($($done)+, $M $O $i);
        up_to!([$($done)+, $M $O $i] $($($rest)*)?);
    };
}
up_to!([] M0 O0 0, M1 O1 1, M2 O2 2, M3 O3 3, M4 O4 4, M5 O5 5, M6 O6 6, M7 O7 7, M8 O8 8, M9 O9 9, M10 O10 10, M11 O11 11, M12 O12 12, M13 O13 13, M14 O14 14, M15 O15 15);
