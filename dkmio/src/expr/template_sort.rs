//! `TemplateSort`: conditions on the leading members of a sort key that a template makes, as one condition on its text.

#[cfg(test)]
mod ranges;

use super::condition::Comparator;
use super::key_condition::KeyOperator;
use super::sort_condition::SortConditions;
use crate::schema::{KeyFault, KeyValues, Member, MemberFault, Part, Template, bounds};
use crate::value::AttributeValue;

/// A condition on the members of a sort key's template, in the making.
#[doc(hidden)]
pub struct TemplateSort {
    template: &'static Template,
    /// The values of the members that are compared with `eq`.
    equal: Vec<KeyValues>,
    range: Option<(MemberRange, KeyValues)>,
}

/// How the member after the equal ones is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberRange {
    Lt,
    Le,
    Gt,
    Ge,
    Between,
    BeginsWith,
}

/// A condition on the text of a sort key; `None` if there is none.
type TextCondition = Option<(KeyOperator, Vec<AttributeValue>)>;

impl TemplateSort {
    pub fn new(template: &'static Template) -> Self {
        Self {
            template,
            equal: Vec::new(),
            range: None,
        }
    }

    /// Adds: the next member is equal.
    pub(super) fn equal(&mut self, value: KeyValues) {
        self.equal.push(value);
    }

    /// Sets how the member after the equal ones is compared.
    pub(super) fn range(&mut self, range: MemberRange, values: KeyValues) {
        self.range = Some((range, values));
    }

    /// Returns the condition on the attribute.
    pub fn into_conditions(self) -> SortConditions {
        let condition = match self.condition() {
            Ok(condition) => condition.map(|(operator, values)| (operator, Ok(values))),
            Err(fault) => Some((KeyOperator::Compare(Comparator::Eq), Err(fault))),
        };
        SortConditions(condition.into_iter().collect())
    }

    fn condition(self) -> Result<TextCondition, KeyFault> {
        let mut equal = self.equal.into_iter();
        let mut key = String::with_capacity(self.template.text.len());
        for (at, part) in self.template.parts.iter().enumerate() {
            match part {
                Part::Literal(text) => key.push_str(text),
                Part::Member(member) => {
                    let place = Place {
                        template: self.template,
                        at,
                        member,
                    };
                    if let Some(value) = equal.next() {
                        place.write(&mut key, value?.first())?;
                        continue;
                    }
                    return match self.range {
                        Some((range, values)) => place.condition(key, range, &values?).map(Some),
                        None => Ok(beginning(key)),
                    };
                }
            }
        }
        Ok(Some((KeyOperator::Compare(Comparator::Eq), texts([key]))))
    }
}

/// Returns the condition that a sort key was made by the template; `None` if it begins with a member, and has no such text.
pub(crate) fn made_by(template: &Template) -> Option<(KeyOperator, KeyValues)> {
    let (operator, values) = match template.parts {
        [] | [Part::Member(_), ..] => None,
        [Part::Literal(text)] => Some((
            KeyOperator::Compare(Comparator::Eq),
            texts([(*text).to_owned()]),
        )),
        [Part::Literal(text), ..] => beginning((*text).to_owned()),
    }?;
    Some((operator, Ok(values)))
}

/// Returns the condition that a key begins with this; none if it is empty.
fn beginning(text: String) -> TextCondition {
    (!text.is_empty()).then(|| (KeyOperator::BeginsWith, texts([text])))
}

fn texts<const N: usize>(texts: [String; N]) -> Vec<AttributeValue> {
    texts.map(AttributeValue::S).into()
}

/// A member in its template.
#[derive(Clone, Copy)]
struct Place {
    template: &'static Template,
    /// The member's index among the parts.
    at: usize,
    member: &'static Member,
}

impl Place {
    fn write(self, key: &mut String, value: Option<&AttributeValue>) -> Result<(), KeyFault> {
        let value = value.ok_or(MemberFault::Empty);
        value
            .and_then(|value| self.template.write_member(key, self.at, self.member, value))
            .map_err(|fault| self.fault(fault))
    }

    fn fault(self, fault: MemberFault) -> KeyFault {
        self.template
            .invalid("the sort key", self.member, fault)
            .into()
    }

    /// Returns the key up to the member, and the member's value.
    fn with(self, up_to: &str, value: Option<&AttributeValue>) -> Result<String, KeyFault> {
        let mut key = up_to.to_owned();
        self.write(&mut key, value)?;
        Ok(key)
    }

    /// Returns the condition on the key, which has the text `up_to` before the member.
    ///
    /// That text is never left out, so that a range stays among the keys of its template. Without such a text the operator
    /// is sent as it is.
    fn condition(
        self,
        up_to: String,
        range: MemberRange,
        values: &[AttributeValue],
    ) -> Result<(KeyOperator, Vec<AttributeValue>), KeyFault> {
        let end = self.template.terminator(self.at);
        let is_whole = up_to.is_empty();
        let low = match range {
            MemberRange::BeginsWith => self.prefix(&up_to, values.first())?,
            _ => self.with(&up_to, values.first())?,
        };
        let compare = |comparator, bound| Ok((KeyOperator::Compare(comparator), texts([bound])));
        let between = |from, to| Ok((KeyOperator::Between, texts([from, to])));
        match range {
            MemberRange::Lt if is_whole => compare(Comparator::Lt, low),
            MemberRange::Le if is_whole => compare(Comparator::Le, bounds::through(low, end)),
            MemberRange::Gt if is_whole => compare(Comparator::Gt, bounds::through(low, end)),
            MemberRange::Ge if is_whole => compare(Comparator::Ge, low),
            MemberRange::Lt if end.is_some() => between(up_to, low),
            MemberRange::Lt => between(up_to, bounds::below(low)),
            MemberRange::Le => between(up_to, bounds::through(low, end)),
            MemberRange::Gt => between(
                bounds::after(low, end, self.template.escape),
                bounds::after_all(up_to),
            ),
            MemberRange::Ge => between(low, bounds::after_all(up_to)),
            MemberRange::Between => {
                let high = self.with(&up_to, values.get(1))?;
                between(low, bounds::through(high, end))
            }
            MemberRange::BeginsWith => Ok((KeyOperator::BeginsWith, texts([low]))),
        }
    }

    /// Returns the key up to the member, and text of which the member may begin.
    fn prefix(self, up_to: &str, prefix: Option<&AttributeValue>) -> Result<String, KeyFault> {
        let mut key = up_to.to_owned();
        prefix
            .ok_or(MemberFault::Empty)
            .and_then(|prefix| {
                self.template
                    .write_prefix(&mut key, self.at, self.member, prefix)
            })
            .map_err(|fault| self.fault(fault))?;
        Ok(key)
    }
}
