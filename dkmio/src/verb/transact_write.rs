use super::attrs::Attrs;
use super::put::PutRest;
use super::transact::{Checked, KeyIn, check_members};
use super::write_options::old_on_failure;
use super::{BoxFuture, Delete, Put, Update, incomplete};
use crate::codec;
use crate::error::{CancellationReason, Configuration, Error, MemberName, Shared, ValidationCause};
use crate::executor::{
    Backoff, DynamoDb, Operation, Payload, PayloadOperation, PutRun, TableNames,
};
use crate::expr::{Condition, Expression};
use crate::schema::{Check, EncodeKey, EncodedKey, KeySchema, Table};
use crate::value::{EncodedItem, Item, item_size};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::types::{self, TransactWriteItem};
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// Writes up to 100 items of any tables, all or none: DynamoDB's `TransactWriteItems`.
///
/// Made by [`transact_write`]. It has a client token, made once and sent with every resend, so that it is done once. A
/// clone has the same token: keep one to send it again after an error that is [ambiguous](Error::is_ambiguous).
///
/// # Errors
///
/// - [`Error::Validation`] before sending: no member, over 100, over 4 MB, or the same item twice.
/// - [`Error::TransactionCanceled`] with a reason for each member, in their order; nothing was written.
#[must_use = "a transaction does nothing until `.execute(&db)` or `.await`"]
#[derive(Clone)]
pub struct TransactWrite {
    members: Vec<Result<Member, Arc<Error>>>,
    /// `None` if it could not be made at random.
    token: Option<String>,
    retry_conflicts: Option<Duration>,
}

#[doc(hidden)]
#[derive(Clone)]
pub struct Member {
    table: &'static str,
    keys: &'static KeySchema,
    kind: Kind,
    label: Option<String>,
}

#[derive(Clone)]
enum Kind {
    Put(EncodedItem, PutRest),
    /// A member that has no item to write, by its key.
    Other(Item, Box<TransactWriteItem>),
}

impl Kind {
    /// Returns what the member does, for errors.
    fn operation(&self) -> &'static str {
        match self {
            Self::Put(..) => "Put",
            Self::Other(_, member) if member.update.is_some() => "Update",
            Self::Other(_, member) if member.delete.is_some() => "Delete",
            Self::Other(..) => "ConditionCheck",
        }
    }
}

impl Member {
    fn checked(&self) -> Checked<'_> {
        let (key, size) = match &self.kind {
            Kind::Put(item, _) => (KeyIn::Item(item), item.size()),
            Kind::Other(key, _) => (KeyIn::Key(key), item_size(key)),
        };
        Checked {
            table: self.table,
            keys: self.keys,
            key,
            size,
        }
    }
}

/// A transaction that may be sent, with the items of its puts beside it.
struct Lowered {
    token: String,
    /// Puts that are alike but for their items are one of them.
    members: Vec<LoweredMember>,
    items: Arc<Vec<EncodedItem>>,
    runs: Arc<[PutRun]>,
    /// What the members are, each of them.
    names: Vec<Name>,
}

/// What a member is, by the model's name of its table.
struct Name {
    table: &'static str,
    operation: &'static str,
    label: Option<String>,
}

enum LoweredMember {
    Put(PutRest),
    Other(Box<TransactWriteItem>),
}

impl Lowered {
    /// Returns the SDK's input with empty items.
    fn input(&self) -> Result<TransactWriteItemsInput, Error> {
        let members = self.members.iter().map(|member| match member {
            LoweredMember::Put(put) => Ok(TransactWriteItem::builder().put(put.member()?).build()),
            LoweredMember::Other(member) => Ok(TransactWriteItem::clone(member)),
        });
        TransactWriteItemsInput::builder()
            .set_transact_items(Some(members.collect::<Result<_, Error>>()?))
            .client_request_token(&self.token)
            .build()
            .map_err(incomplete)
    }

    fn payload(&self) -> Payload {
        Payload::Puts(self.items.clone(), self.runs.clone())
    }
}

/// As many members as there is room for from the start.
const USUAL: usize = 8;

/// Makes a write transaction without members.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, status: String }
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String, status: String }
/// # async fn run(db: DynamoDb, order: Orders) -> Result<(), Error> {
/// dkmio::transact_write()
///     .add(Orders::put(&order).if_not_exists())
///     .add(Orders::update(("usr_1", "ord_0")).set(|o| o.status(), "REPLACED"))
///     .add(Orders::delete(("usr_1", "ord_old")))
///     .add(Users::condition_check("usr_1", |u| u.status().eq("ACTIVE")))
///     .execute(&db)
///     .await?;
/// # Ok(())
/// # }
/// ```
pub fn transact_write() -> TransactWrite {
    TransactWrite {
        members: Vec::new(),
        token: random_token(),
        retry_conflicts: None,
    }
}

impl TransactWrite {
    /// Adds a member: a put, update, delete or condition check, with its condition.
    // Not `ops::Add`: it collects.
    #[allow(clippy::should_implement_trait, reason = "no sum is made")]
    pub fn add(mut self, member: impl TransactWriteMember) -> Self {
        if self.members.is_empty() {
            self.members.reserve(USUAL);
        }
        self.members.push(member.into_member().map_err(Arc::new));
        self
    }

    /// Gives the member that was added last a label, by which [`TransactionCanceled::member`] finds it. It is not sent.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "accounts")]
    /// # struct Accounts { #[pk] id: String, balance: i64 }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// let transfer = dkmio::transact_write()
    ///     .add(Accounts::update("ann").add(|a| a.balance(), -50).condition(|a| a.balance().ge(50)))
    ///     .label("debit")
    ///     .add(Accounts::update("bob").add(|a| a.balance(), 50).if_exists())
    ///     .label("credit");
    /// match transfer.execute(&db).await {
    ///     Err(Error::TransactionCanceled(e)) if e.member("debit").is_some_and(|m| m.reason().is_condition_failed()) => {
    ///         println!("not enough money");
    ///         Ok(())
    ///     }
    ///     other => other,
    /// }
    /// # }
    /// ```
    ///
    /// [`TransactionCanceled::member`]: crate::error::TransactionCanceled::member
    pub fn label(mut self, label: impl Into<String>) -> Self {
        if let Some(Ok(member)) = self.members.last_mut() {
            member.label = Some(label.into());
        }
        self
    }

    /// Sets the client token (`ClientRequestToken`), of 1 to 36 characters: within ten minutes DynamoDB does a
    /// transaction with the same token and members once. Made at random unless set.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sends the transaction again, for this long in all, when conflicts with others are the only reason that it was
    /// canceled for.
    pub fn retry_conflicts(mut self, budget: Duration) -> Self {
        self.retry_conflicts = Some(budget);
        self
    }

    /// Returns the SDK's input, with its client token.
    ///
    /// # Errors
    ///
    /// What a member's `into_input` refuses, and [`Error::Validation`] for the limits of a transaction.
    pub fn into_input(self) -> Result<TransactWriteItemsInput, Error> {
        let lowered = self.lowered(&TableNames::default())?;
        let mut input = lowered.input()?;
        input.put_payload(&lowered.payload())?;
        Ok(input)
    }

    fn lowered(self, names: &TableNames) -> Result<Lowered, Error> {
        self.lower(names)
            .map_err(|e| e.for_request(TransactWriteItemsInput::NAME, "(before sending)"))
    }

    fn lower(mut self, names: &TableNames) -> Result<Lowered, Error> {
        let Some(token) = self.token else {
            return Err(Error::Configuration(Configuration::new(
                "the operating system gave no random numbers for the transaction's token; set one with `.token(..)`",
            )));
        };
        if token.is_empty() || token.len() > 36 {
            return Err(Error::invalid(
                ValidationCause::Value,
                "the token of a transaction has 1 to 36 characters",
            ));
        }
        if self.members.is_empty() {
            return Err(Error::invalid(
                ValidationCause::Empty,
                "the transaction has no members, and would write nothing; add some",
            ));
        }
        if let Some(refused) = self.members.iter().position(Result::is_err)
            && let Err(e) = self.members.swap_remove(refused)
        {
            // Only a clone that is kept beside this one has the error too.
            return Err(Arc::try_unwrap(e).unwrap_or_else(|e| Error::Shared(Shared::new(e))));
        }
        check_members(self.members.iter().flatten().map(Member::checked), names)?;
        let mut members = Vec::new();
        let mut items = Vec::with_capacity(self.members.len());
        let mut runs: Vec<PutRun> = Vec::new();
        let mut names = Vec::with_capacity(self.members.len());
        for member in self.members.into_iter().flatten() {
            let Member {
                table, kind, label, ..
            } = member;
            names.push(Name {
                table,
                operation: kind.operation(),
                label,
            });
            match kind {
                Kind::Other(_, member) => members.push(LoweredMember::Other(member)),
                Kind::Put(item, rest) => {
                    items.push(item);
                    match (members.last(), runs.last_mut()) {
                        (Some(LoweredMember::Put(last)), Some(run)) if last.is_like(&rest) => {
                            run.count += 1;
                        }
                        _ => {
                            runs.push(PutRun { table, count: 1 });
                            members.push(LoweredMember::Put(rest));
                        }
                    }
                }
            }
        }
        Ok(Lowered {
            token,
            members,
            items: Arc::new(items),
            runs: runs.into(),
            names,
        })
    }

    /// Sends the transaction.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] before sending, [`Error::TransactionCanceled`], and any other error of this operation.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<(), Error>> + Send + 'static + use<> {
        let db = db.clone();
        async move { self.run(&db).await }
    }

    async fn run(self, db: &DynamoDb) -> Result<(), Error> {
        let retry = self.retry_conflicts;
        let lowered = Arc::new(self.lowered(db.table_names())?);
        let named = |e: Error| {
            let names = || {
                lowered.names.iter().map(|name| MemberName {
                    table: db.table_name(name.table),
                    operation: name.operation,
                    label: name.label.clone(),
                })
            };
            e.naming_members(names)
        };
        let send = || {
            let payload = lowered.payload();
            let lowered = lowered.clone();
            let sent = db.send_writing(move || lowered.input(), payload, ());
            async { sent.await.map_err(named) }
        };
        let Some(budget) = retry else {
            return send().await.map(drop);
        };
        let mut backoff = Backoff::new(budget);
        loop {
            match send().await {
                Err(Error::TransactionCanceled(e)) if e.is_conflict() => {
                    tracing::warn!(target: "dkmio", "TransactWriteItems met a conflict");
                    if !backoff.wait().await {
                        return Err(Error::TransactionCanceled(e));
                    }
                }
                other => return other.map(drop),
            }
        }
    }
}

/// 128 random bits of the operating system: a generator of this process would begin anew in each copy of a snapshot, as
/// Lambda makes them, and two transactions with one token are done once.
fn random_token() -> Option<String> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).ok()?;
    Some(format!("{:032x}", u128::from_ne_bytes(bits)))
}

/// Sends the transaction on the [default connection](DynamoDb::set_default).
impl IntoFuture for TransactWrite {
    type Output = Result<(), Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(&DynamoDb::default_connection()?).await })
    }
}

/// A member of a write transaction: a put, update, delete or condition check that returns nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a write transaction",
    label = "expected a put, update, delete or condition check that returns nothing",
    note = "a transaction returns no item: drop the `return_..()` call"
)]
pub trait TransactWriteMember {
    #[doc(hidden)]
    fn into_member(self) -> Result<Member, Error>;
}

fn member<M: Table>(kind: Kind) -> Member {
    Member {
        table: M::SCHEMA.name(),
        keys: M::KEYS,
        kind,
        label: None,
    }
}

fn other<M: Table>(key: Item, other: TransactWriteItem) -> Member {
    member::<M>(Kind::Other(key, Box::new(other)))
}

impl<M: Table> TransactWriteMember for Put<M> {
    fn into_member(self) -> Result<Member, Error> {
        let (item, rest) = self.checked()?;
        Ok(member::<M>(Kind::Put(item, rest)))
    }
}

impl<M: Table> TransactWriteMember for Update<M> {
    fn into_member(self) -> Result<Member, Error> {
        let input = self.into_input()?;
        let key = input.key.unwrap_or_default();
        let update = types::Update::builder()
            .table_name(M::SCHEMA.name())
            .set_key(Some(key.clone()))
            .set_update_expression(input.update_expression)
            .set_condition_expression(input.condition_expression)
            .set_expression_attribute_names(input.expression_attribute_names)
            .set_expression_attribute_values(input.expression_attribute_values)
            .set_return_values_on_condition_check_failure(
                input.return_values_on_condition_check_failure,
            )
            .build()
            .map_err(incomplete)?;
        let member = TransactWriteItem::builder().update(update).build();
        Ok(other::<M>(key, member))
    }
}

impl<M: Table> TransactWriteMember for Delete<M> {
    fn into_member(self) -> Result<Member, Error> {
        let input = self.into_input()?;
        let key = input.key.unwrap_or_default();
        let delete = types::Delete::builder()
            .table_name(M::SCHEMA.name())
            .set_key(Some(key.clone()))
            .set_condition_expression(input.condition_expression)
            .set_expression_attribute_names(input.expression_attribute_names)
            .set_expression_attribute_values(input.expression_attribute_values)
            .set_return_values_on_condition_check_failure(
                input.return_values_on_condition_check_failure,
            )
            .build()
            .map_err(incomplete)?;
        let member = TransactWriteItem::builder().delete(delete).build();
        Ok(other::<M>(key, member))
    }
}

/// Checks a condition on an item that a transaction does not write; made by the model's `condition_check`.
#[must_use = "a condition check does nothing until it is added to a transaction"]
pub struct ConditionCheck<M> {
    key: EncodedKey,
    condition: Condition,
    return_old_on_failure: bool,
    model: PhantomData<fn() -> M>,
}

impl<M: Table> ConditionCheck<M> {
    #[doc(hidden)]
    pub fn new<K>(
        key: K,
        encode: EncodeKey<K>,
        condition: impl FnOnce(&Attrs<M, Check<M>>) -> Condition,
    ) -> Self {
        Self {
            key: EncodedKey::new::<M, K>(key, encode),
            condition: condition(&Default::default()),
            return_old_on_failure: false,
            model: PhantomData,
        }
    }

    /// Asks for the current item when the condition fails: [`CancellationReason::item`].
    pub fn return_old_on_failure(mut self) -> Self {
        self.return_old_on_failure = true;
        self
    }
}

impl<M: Table> TransactWriteMember for ConditionCheck<M> {
    fn into_member(self) -> Result<Member, Error> {
        let expression = Expression::builder().condition(self.condition).build()?;
        let Some(condition) = expression.condition else {
            return Err(Error::invalid(
                ValidationCause::Empty,
                "a condition check that always holds checks nothing; leave it out",
            ));
        };
        let key = self.key.to_item()?;
        let check = types::ConditionCheck::builder()
            .table_name(M::SCHEMA.name())
            .set_key(Some(key.clone()))
            .condition_expression(condition)
            .set_expression_attribute_names(expression.names)
            .set_expression_attribute_values(expression.values)
            .set_return_values_on_condition_check_failure(old_on_failure(
                self.return_old_on_failure,
            ))
            .build()
            .map_err(incomplete)?;
        let member = TransactWriteItem::builder().condition_check(check).build();
        Ok(other::<M>(key, member))
    }
}

impl CancellationReason {
    /// Returns the item as it is, if the condition failed and the member asked for it with `return_old_on_failure()`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the item does not read as `T`.
    pub fn item<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        self.raw_item().cloned().map(codec::from_item).transpose()
    }
}
