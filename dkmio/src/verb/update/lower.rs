//! What an update sends, and what becomes of its answer.

use super::Update;
use super::index_keys::{Members, given_conditions};
use crate::attr::Path;
use crate::error::{Error, Existence, InvalidKey, ValidationCause};
use crate::executor::{DynamoDb, ItemSink, Operation, made_or_failed};
use crate::expr::{Clause, Condition, Explain, ExplainBuilder, Expression, Term};
use crate::schema::{Table, check_index_key, version_value};
use crate::value::Version;
use crate::verb::input::incomplete;
use crate::verb::kind::{kind_condition, kind_or_nothing};
use crate::verb::terminals::terminals;
use crate::verb::write_options::{failed_as, old_on_failure};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use futures_util::FutureExt;

impl<M: Table, R: Send + 'static> Update<M, R> {
    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`Update::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        let missing = self.missing_in_made_item();
        let note = (!missing.is_empty()).then(|| {
            format!(
                "this makes an item where there is none, without `{}`, and such an item does not read back; `.if_exists()` makes none",
                missing.join("`, `")
            )
        });
        Ok(
            ExplainBuilder::new(UpdateItemInput::NAME, input.table_name())
                .key(input.key())
                .update(input.update_expression())
                .condition(input.condition_expression())
                .names(input.expression_attribute_names())
                .values(input.expression_attribute_values())
                .returns(
                    input.return_values(),
                    input.return_values_on_condition_check_failure(),
                )
                .note(note)
                .build(),
        )
    }

    /// Returns the attributes that the model needs and that an item made by this update lacks.
    fn missing_in_made_item(&self) -> Vec<&'static str> {
        let condition = self.options.whole_condition();
        let makes_item = M::SCHEMA.entity().is_none()
            && condition.is_none_or(|condition| condition.0.holds_without_item());
        match self.update.made_attributes() {
            Some(made) if makes_item => {
                let required = M::SCHEMA.required().iter().copied();
                required
                    .filter(|name| !M::KEYS.contains(name) && !made.contains(name))
                    .filter(|name| M::SCHEMA.lifecycle().role(name).is_none())
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::Encode`] and [`Error::Validation`] for what DynamoDB would refuse: a key attribute
    /// that is changed by name, two clauses on the same or overlapping paths, an expression over its limits, an update
    /// without clauses.
    pub fn into_input(self) -> Result<UpdateItemInput, Error> {
        self.lower()
            .map_err(|e| e.for_request(UpdateItemInput::NAME, M::SCHEMA.name()))
    }

    fn lower(mut self) -> Result<UpdateItemInput, Error> {
        for clause in &self.update.clauses {
            let attribute = clause.path().attribute();
            if let Some(role) = M::SCHEMA.lifecycle().role(attribute) {
                return Err(Error::invalid(
                    ValidationCause::Options,
                    format!("`{attribute}` is the `{role}`, which every write sets by itself"),
                ));
            }
            if M::KEYS.contains(attribute) {
                return Err(Error::InvalidKey(InvalidKey::new(format!(
                    "`{attribute}` is a key attribute, and a key never changes; put a new item and delete the old one"
                ))));
            }
        }
        let asks = self.existence().asks();
        if self.update.clauses.is_empty() {
            return Err(changes_nothing());
        }
        self.keep_lifecycle()?;
        self.complete()?;
        for (attribute, value) in self.update.literals() {
            check_index_key(&M::SCHEMA, attribute, value)?;
        }
        let condition = self.options.whole_condition();
        let expression = Expression::of_write(Some(self.update), condition)?;
        if expression.update.is_none() {
            return Err(changes_nothing());
        }
        let mut input = UpdateItemInput::builder()
            .table_name(M::SCHEMA.name())
            .build()
            .map_err(incomplete)?;
        input.key = Some(self.key.into_item()?);
        input.update_expression = expression.update;
        input.condition_expression = expression.condition;
        input.expression_attribute_names = expression.names;
        input.expression_attribute_values = expression.values;
        input.return_values = self.returning.values;
        input.return_values_on_condition_check_failure = old_on_failure(asks);
        Ok(input)
    }

    /// Adds what every update writes: the next version, and the times.
    fn keep_lifecycle(&mut self) -> Result<(), Error> {
        let lifecycle = M::SCHEMA.lifecycle();
        let [created_at, updated_at] = M::times(self.now);
        if let Some(attribute) = lifecycle.version {
            let one = Term::attribute_value(version_value(Version::NEW.next()));
            self.add_clause(Clause::Add(Path::root(attribute), one));
        }
        if let (Some(attribute), Some(now)) = (lifecycle.updated_at, updated_at) {
            let now = now.map_err(|e| e.into_encode(None))?;
            self.add_clause(Clause::Set(
                Path::root(attribute),
                Term::attribute_value(now),
            ));
        }
        if self.or_create
            && let (Some(attribute), Some(now)) = (lifecycle.created_at, created_at)
            && !is_member::<M>(attribute)
            && !self
                .update
                .clauses
                .iter()
                .any(|clause| clause.path().attribute() == attribute)
        {
            let now = now.map_err(|e| e.into_encode(None))?;
            let path = Path::root(attribute);
            let term = Term::if_not_exists(path.clone(), Term::attribute_value(now));
            self.add_clause(Clause::Set(path, term));
        }
        Ok(())
    }

    fn add_clause(&mut self, clause: Clause) {
        self.update = std::mem::take(&mut self.update).clause(clause);
    }

    /// Adds what keeps an entity whole: the keys of its indexes, and the conditions that it is the entity and as it is said
    /// to be.
    fn complete(&mut self) -> Result<(), Error> {
        let Some(entity) = M::SCHEMA.entity() else {
            return Ok(());
        };
        let key = self.key.members();
        let mut members = Members::of::<M>(entity, key, &self.given, &mut self.update)?;
        members.rewrite::<M>(self.or_create)?;
        let own = if self.or_create {
            members.make::<M>();
            kind_or_nothing::<M>()
        } else {
            kind_condition::<M>()
        };
        let own = own
            .into_iter()
            .chain([given_conditions(entity, &self.given)]);
        let condition = Condition::all(own.chain(self.options.condition.take()));
        self.options.condition = Some(condition);
        Ok(())
    }

    /// Returns what a failed condition says about the existence of the item.
    fn existence(&self) -> Existence {
        match M::SCHEMA.entity() {
            // There is no item, or one of another kind: only the returned item tells which.
            Some(_) if !self.or_create => Existence::Asked,
            _ => self.options.existence::<M>(),
        }
    }

    fn run(
        self,
        db: DynamoDb,
    ) -> impl Future<Output = Result<R, Error>> + Send + 'static + use<M, R> {
        let returned = self.returning.clone().sink();
        let existence = self.existence();
        let expected = self.options.expected;
        let parents = self.update.nested_parents();
        let key = returned.wants_items().then(|| self.key.clone());
        let input = self.into_input();
        let made = input.map(|input| db.send_reading(input, returned));
        made_or_failed(made).map(move |answer| {
            let answer = answer
                .map_err(|e| failed_as(e.naming_missing_parents(&parents), existence, expected))?;
            answer.sink.finish::<M>(|| key?.to_item().ok())
        })
    }
}

#[cold]
fn changes_nothing() -> Error {
    Error::invalid(
        ValidationCause::Empty,
        "the update changes nothing, and DynamoDB would make an item of the bare key; leave it out, or use a `condition_check` in a transaction",
    )
}

/// Returns whether the key of an index is made of the attribute and others, so that DynamoDB cannot set it if it is absent.
fn is_member<M: Table>(attribute: &str) -> bool {
    let members = M::SCHEMA
        .entity()
        .into_iter()
        .flat_map(|entity| entity.members);
    members
        .into_iter()
        .any(|member| member.attribute == attribute)
}

terminals!([M, R] Update<M, R> => R);

impl<M: Table, R: Send + 'static> TryFrom<Update<M, R>> for UpdateItemInput {
    type Error = Error;

    fn try_from(update: Update<M, R>) -> Result<Self, Error> {
        update.into_input()
    }
}
