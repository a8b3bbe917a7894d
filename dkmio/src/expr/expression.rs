//! Renders all expressions of one request together, because they share their names and values.

use super::condition::Condition;
use super::fold::and;
use super::key_condition::KeyCondition;
use super::projection::Projection;
use super::render::Renderer;
use super::update::Update;
use crate::error::Error;
use crate::value::AttributeValue;
use std::collections::HashMap;
use std::fmt;

/// The expressions of one request as text, with the names and values that they share.
///
/// See [`expr`](crate::expr) for an example.
/// Its `Debug` has the placeholders of values, and not the values.
#[derive(Clone, Default, PartialEq)]
pub struct Expression {
    pub(crate) key_condition: Option<String>,
    pub(crate) condition: Option<String>,
    pub(crate) filter: Option<String>,
    pub(crate) update: Option<String>,
    pub(crate) projection: Option<String>,
    pub(crate) names: Option<HashMap<String, String>>,
    pub(crate) values: Option<HashMap<String, AttributeValue>>,
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut values: Vec<&String> = self.values.iter().flat_map(HashMap::keys).collect();
        values.sort();
        f.debug_struct("Expression")
            .field("key_condition", &self.key_condition)
            .field("condition", &self.condition)
            .field("filter", &self.filter)
            .field("update", &self.update)
            .field("projection", &self.projection)
            .field("names", &self.names)
            .field("values", &values)
            .finish()
    }
}

impl Expression {
    /// Returns a builder without expressions.
    pub fn builder() -> ExpressionBuilder {
        ExpressionBuilder::default()
    }

    /// Returns the expressions of a write.
    pub(crate) fn of_write(
        update: Option<Update>,
        condition: Option<Condition>,
    ) -> Result<Self, Error> {
        let mut renderer = Renderer::default();
        Ok(Self {
            update: renderer.update(update.unwrap_or_default())?,
            condition: renderer.optional("condition", condition)?,
            ..Self::of_names(renderer)
        })
    }

    /// Returns the names and values of the expressions that the renderer has written.
    fn of_names(renderer: Renderer) -> Self {
        let Renderer { names, values, .. } = renderer;
        Self {
            names: (!names.is_empty()).then_some(names),
            values: (!values.is_empty()).then_some(values),
            ..Self::default()
        }
    }

    /// Returns the projection, and the names of all expressions.
    pub(crate) fn into_selected(self) -> Selected {
        Selected {
            projection: self.projection,
            names: self.names,
        }
    }

    /// Returns all of it owned, as the SDK's builders take it.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::aws_sdk_dynamodb::operation::scan::ScanInput;
    /// use dkmio::expr::Expression;
    ///
    /// # use dkmio::attr;
    /// let parts = Expression::builder().filter(attr("total").ge(100)).build()?.into_parts();
    /// let input = ScanInput::builder()
    ///     .table_name("orders")
    ///     .set_filter_expression(parts.filter)
    ///     .set_expression_attribute_names(parts.names)
    ///     .set_expression_attribute_values(parts.values);
    /// assert_eq!(input.get_filter_expression().as_deref(), Some("#total >= :v0"));
    /// # Ok::<(), dkmio::Error>(())
    /// ```
    pub fn into_parts(self) -> ExpressionParts {
        ExpressionParts {
            key_condition: self.key_condition,
            condition: self.condition,
            filter: self.filter,
            update: self.update,
            projection: self.projection,
            names: self.names,
            values: self.values,
        }
    }

    /// Returns the `KeyConditionExpression`.
    pub fn key_condition(&self) -> Option<&str> {
        self.key_condition.as_deref()
    }

    /// Returns the `ConditionExpression`; `None` also for a condition that always holds.
    pub fn condition(&self) -> Option<&str> {
        self.condition.as_deref()
    }

    /// Returns the `FilterExpression`; `None` also for a filter that always holds.
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_deref()
    }

    /// Returns the `UpdateExpression`; `None` also for an update that changes nothing.
    pub fn update(&self) -> Option<&str> {
        self.update.as_deref()
    }

    /// Returns the `ProjectionExpression`.
    pub fn projection(&self) -> Option<&str> {
        self.projection.as_deref()
    }

    /// Returns the `ExpressionAttributeNames`, as the SDK's `set_expression_attribute_names` takes them.
    pub fn names(&self) -> Option<HashMap<String, String>> {
        self.names.clone()
    }

    /// Returns the `ExpressionAttributeValues`, as the SDK's `set_expression_attribute_values` takes them.
    pub fn values(&self) -> Option<HashMap<String, AttributeValue>> {
        self.values.clone()
    }
}

/// The parts of an [`Expression`], owned, each called as its method; made by [`Expression::into_parts`].
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ExpressionParts {
    /// The `KeyConditionExpression`.
    pub key_condition: Option<String>,
    /// The `ConditionExpression`.
    pub condition: Option<String>,
    /// The `FilterExpression`.
    pub filter: Option<String>,
    /// The `UpdateExpression`.
    pub update: Option<String>,
    /// The `ProjectionExpression`.
    pub projection: Option<String>,
    /// The `ExpressionAttributeNames`.
    pub names: Option<HashMap<String, String>>,
    /// The `ExpressionAttributeValues`.
    pub values: Option<HashMap<String, AttributeValue>>,
}

/// The projection of a request, with the names of all its expressions.
pub(crate) struct Selected {
    pub(crate) projection: Option<String>,
    pub(crate) names: Option<HashMap<String, String>>,
}

/// Collects the expressions of one request.
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until `.build()`"]
pub struct ExpressionBuilder {
    key_condition: Option<KeyCondition>,
    condition: Option<Condition>,
    filter: Option<Condition>,
    update: Option<Update>,
    projection: Option<Projection>,
}

impl ExpressionBuilder {
    /// Sets the key condition of a query.
    pub fn key_condition(mut self, condition: KeyCondition) -> Self {
        self.key_condition = Some(condition);
        self
    }

    /// Sets the condition of a write; called again, joins with AND.
    pub fn condition(mut self, condition: Condition) -> Self {
        and(&mut self.condition, condition);
        self
    }

    /// Sets the filter of a read; called again, joins with AND.
    pub fn filter(mut self, filter: Condition) -> Self {
        and(&mut self.filter, filter);
        self
    }

    /// Sets what an update does.
    pub fn update(mut self, update: Update) -> Self {
        self.update = Some(update);
        self
    }

    /// Sets the attributes that a read returns.
    pub fn projection(mut self, projection: Projection) -> Self {
        self.projection = Some(projection);
        self
    }

    /// Renders the expressions.
    ///
    /// # Errors
    ///
    /// - [`Error::Validation`] when DynamoDB would refuse an expression: over 4 KB or 300 operators, values over 2 MB, a
    ///   path that is malformed, deeper than 32 levels or named twice, `between` in the wrong order, an empty set.
    /// - [`Error::Encode`] when a value cannot be stored.
    pub fn build(self) -> Result<Expression, Error> {
        let mut renderer = Renderer::default();
        let key_condition = self
            .key_condition
            .map(|c| renderer.key_condition(c))
            .transpose()?;
        Ok(Expression {
            key_condition,
            update: renderer.update(self.update.unwrap_or_default())?,
            condition: renderer.optional("condition", self.condition)?,
            filter: renderer.optional("filter", self.filter)?,
            projection: renderer.projection(self.projection.unwrap_or_default())?,
            ..Expression::of_names(renderer)
        })
    }

    pub(crate) fn optional_filter(mut self, filter: Option<Condition>) -> Self {
        self.filter = filter;
        self
    }
}
