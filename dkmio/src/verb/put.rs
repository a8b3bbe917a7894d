use super::{Attrs, Returning, check_size, conditional, incomplete, old_on_failure, terminals};
use crate::attr::Path;
use crate::codec::CodecError;
use crate::error::Error;
use crate::executor::{DynamoDb, Holds, Payload, Request, made_or_failed};
use crate::expr::{Condition, ConditionNode, Explain, ExplainBuilder, Expression, and};
use crate::schema::{Check, Table, check_item_keys, is_key, key_count};
use crate::value::{EncodedItem, Item};
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use futures_util::FutureExt;
use std::marker::PhantomData;

/// Writes a whole item, in place of the one with its key: DynamoDB's `PutItem`.
///
/// Made by the model's `put`.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String, name: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let user = Users { id: "usr_123".to_owned(), name: "Ada".to_owned() };
/// Users::put(&user).if_not_exists().execute(&db).await?;
/// let before: Option<Users> = Users::put(&user).return_old().execute(&db).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a put does nothing until `.execute(&db)` or `.await`"]
pub struct Put<M, R = ()> {
    item: Result<EncodedItem, CodecError>,
    condition: Option<Condition>,
    return_old_on_failure: bool,
    returning: Returning<R>,
    model: PhantomData<fn() -> M>,
}

impl<M, R> Clone for Put<M, R> {
    fn clone(&self) -> Self {
        Self {
            item: self.item.clone(),
            condition: self.condition.clone(),
            return_old_on_failure: self.return_old_on_failure,
            returning: self.returning.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Table> Put<M> {
    #[doc(hidden)]
    pub fn new(item: &M) -> Self {
        Self {
            item: EncodedItem::of(item),
            condition: None,
            return_old_on_failure: false,
            returning: Returning::nothing(),
            model: PhantomData,
        }
    }

    /// Yields the item that was replaced (`ALL_OLD`), or `None`.
    pub fn return_old(self) -> Put<M, Option<M>> {
        Put {
            item: self.item,
            condition: self.condition,
            return_old_on_failure: self.return_old_on_failure,
            returning: Returning::old(),
            model: PhantomData,
        }
    }
}

conditional!(Put);

impl<M: Table, R: Send + 'static> Put<M, R> {
    /// Writes only if there is no item with this key.
    pub fn if_not_exists(mut self) -> Self {
        for key in M::KEYS.partition() {
            let path = Path::root(key.name());
            and(
                &mut self.condition,
                Condition(ConditionNode::NotExists(path)),
            );
        }
        self
    }

    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`Put::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        Ok(
            ExplainBuilder::new(PutItemInput::OPERATION, input.table_name())
                .item(input.item())
                .condition(input.condition_expression())
                .names(input.expression_attribute_names())
                .values(input.expression_attribute_values())
                .returns(
                    input.return_values(),
                    input.return_values_on_condition_check_failure(),
                )
                .build(),
        )
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::Encode`] and [`Error::Validation`] for what DynamoDB would refuse: an item over
    /// 400 KB, an empty or long key, an expression over its limits.
    pub fn into_input(self) -> Result<PutItemInput, Error> {
        let LoweredPut {
            mut input, item, ..
        } = self.lowered()?;
        input.hold(&Payload::Items(vec![item]))?;
        Ok(input)
    }

    /// Returns the SDK's input with an empty item, and the item beside it.
    pub(super) fn lowered(self) -> Result<LoweredPut, Error> {
        self.lower()
            .map_err(|e| e.for_request(PutItemInput::OPERATION, M::SCHEMA.name()))
    }

    fn lower(self) -> Result<LoweredPut, Error> {
        let of_table = |e: CodecError| e.into_encode(Some(M::SCHEMA.name()));
        let item = self.item.map_err(of_table)?;
        let mut key = item
            .pick(|name| is_key(&M::SCHEMA, name), key_count(&M::SCHEMA))
            .map_err(of_table)?;
        check_item_keys(&M::SCHEMA, &key)?;
        key.retain(|name, _| M::KEYS.contains(name));
        check_size(item.size())?;
        let expression = Expression::of_write(None, self.condition)?;
        let mut input = PutItemInput::builder()
            .table_name(M::SCHEMA.name())
            .build()
            .map_err(incomplete)?;
        input.item = Some(Item::new());
        input.condition_expression = expression.condition;
        input.expression_attribute_names = expression.names;
        input.expression_attribute_values = expression.values;
        input.return_values = self.returning.values;
        input.return_values_on_condition_check_failure = old_on_failure(self.return_old_on_failure);
        Ok(LoweredPut { input, item, key })
    }

    fn run(
        self,
        db: DynamoDb,
    ) -> impl Future<Output = Result<R, Error>> + Send + 'static + use<M, R> {
        let returned = self.returning.clone().receive();
        let made = self.lowered().map(|LoweredPut { input, item, key }| {
            let payload = Payload::Items(vec![item]);
            let made = db.exchange_items(input, payload, returned);
            made.map(|answer| answer?.received.finish::<M>(|| Some(key)))
        });
        made_or_failed(made)
    }
}

/// A put, ready to be sent.
pub(super) struct LoweredPut {
    pub(super) input: PutItemInput,
    pub(super) item: EncodedItem,
    pub(super) key: Item,
}

terminals!([M, R] Put<M, R> => R);

impl<M: Table, R: Send + 'static> TryFrom<Put<M, R>> for PutItemInput {
    type Error = Error;

    fn try_from(put: Put<M, R>) -> Result<Self, Error> {
        put.into_input()
    }
}
