//! `TransactWrite`: the builder of a write transaction.

use super::lowered::Lowered;
use super::member::{TransactWriteMember, WriteMember};
use crate::codec;
use crate::error::{CancellationReason, Configuration, Error, MemberName, Shared, ValidationCause};
use crate::executor::{Backoff, DynamoDb, Operation, PayloadOperation, TableNames};
use crate::verb::table_list::table_list;
use crate::verb::terminals::BoxFuture;
use crate::verb::transact::check_members;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;

/// Writes up to 100 items of any tables, all or none: DynamoDB's `TransactWriteItems`.
///
/// Made by [`transact_write`]. It has a client token that all its attempts send, so that DynamoDB does it once. A clone has
/// the same token: keep a clone to send the transaction again after an error that is [ambiguous](Error::is_ambiguous).
///
/// # Errors
///
/// - [`Error::Validation`] before sending: no member, over 100, over 4 MB, or the same item twice.
/// - [`Error::TransactionCanceled`] with a reason for each member, in their order; nothing was written.
#[must_use = "a transaction does nothing until `.execute(&db)` or `.await`"]
#[derive(Clone)]
pub struct TransactWrite {
    members: Vec<Result<WriteMember, Arc<Error>>>,
    /// `None` if the operating system gave no random numbers.
    token: Option<String>,
    retry_conflicts: Option<Duration>,
}

/// The number of members for which there is room after the first.
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
    // Not `ops::Add`, because it collects.
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

    /// Sends the transaction again if it was canceled only because of conflicts with other requests, for this long in all.
    pub fn retry_conflicts(mut self, budget: Duration) -> Self {
        self.retry_conflicts = Some(budget);
        self
    }

    /// Returns the SDK's input, with its client token.
    ///
    /// # Errors
    ///
    /// The errors of the members' `into_input`, and [`Error::Validation`] for the limits of a transaction.
    pub fn into_input(self) -> Result<TransactWriteItemsInput, Error> {
        let lowered = self.lowered(&TableNames::default())?;
        let mut input = lowered.input()?;
        input.put_payload(&lowered.payload())?;
        Ok(input)
    }

    /// Checks the transaction, and makes its request. An error names the tables of the members, unless it names its own.
    fn lowered(mut self, names: &TableNames) -> Result<Lowered, Error> {
        match self.check(names) {
            Ok(token) => Ok(Lowered::of(self.members, token)),
            Err(e) => {
                let members = self.members.iter().flatten();
                let tables = table_list(members.map(|member| member.table));
                Err(e.for_request(TransactWriteItemsInput::NAME, &tables))
            }
        }
    }

    /// Returns the token, if there is nothing wrong with the token and the members.
    fn check(&mut self, names: &TableNames) -> Result<String, Error> {
        let Some(token) = self.token.take() else {
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
            // The error is shared if a clone of this transaction still exists.
            return Err(Arc::try_unwrap(e).unwrap_or_else(|e| Error::Shared(Shared::new(e))));
        }
        check_members(
            self.members.iter().flatten().map(WriteMember::checked),
            names,
        )?;
        Ok(token)
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
                lowered.members.iter().map(|name| MemberName {
                    table: db.table_name(name.table),
                    operation: name.operation,
                    label: name.label.clone(),
                    expected: name.expected,
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

/// Makes a token of 128 random bits from the operating system.
///
/// A generator of this process would return the same bits in each copy of a snapshot, as Lambda makes them, and DynamoDB would
/// do only one of two transactions with the same token.
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

impl CancellationReason {
    /// Returns the current item, if the condition failed and the member has `return_old_on_failure()`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the item does not read as `T`.
    pub fn item<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        self.raw_item().cloned().map(codec::from_item).transpose()
    }
}
