//! Renders key conditions, projections and updates.

use super::Renderer;
use super::check::{check_change, check_low_high, check_overlap, check_set_value};
use crate::error::{Error, ValidationCause};
use crate::expr::key_condition::{KeyCondition, KeyOperator, KeyPart};
use crate::expr::projection::Projection;
use crate::expr::update::{Clause, Update};

impl Renderer {
    pub(in crate::expr) fn key_condition(
        &mut self,
        condition: KeyCondition,
    ) -> Result<String, Error> {
        self.expression("key condition", |r, out| {
            for (i, part) in condition.parts.into_iter().enumerate() {
                if i > 0 {
                    out.push_str(" AND ");
                    r.operators += 1;
                }
                r.operators += 1;
                r.key_part(out, part)?;
            }
            Ok(())
        })
    }

    fn key_part(&mut self, out: &mut String, part: KeyPart) -> Result<(), Error> {
        let name = &part.name;
        let values = part.values;
        let mut values = values
            .map_err(|fault| fault.within_name(name).into_error())?
            .into_iter();
        match (part.operator, values.next(), values.next(), values.next()) {
            (KeyOperator::BeginsWith, Some(prefix), None, None) => {
                out.push_str("begins_with(");
                self.write_alias(out, name)?;
                out.push_str(", ");
                self.write_value(out, prefix)?;
                out.push(')');
                Ok(())
            }
            (KeyOperator::Between, Some(low), Some(high), None) => {
                let order = check_low_high(&low, &high);
                self.write_alias(out, name)?;
                out.push_str(" BETWEEN ");
                self.write_value(out, low)?;
                out.push_str(" AND ");
                self.write_value(out, high)?;
                order
            }
            (KeyOperator::Compare(comparator), Some(value), None, None) => {
                self.write_alias(out, name)?;
                out.push(' ');
                out.push_str(comparator.symbol());
                out.push(' ');
                self.write_value(out, value)
            }
            _ => Err(Error::invalid(
                ValidationCause::Expression,
                format!("the condition on key attribute `{name}` has the wrong number of values"),
            )),
        }
    }

    /// Renders a projection; `None` when it names nothing.
    pub(in crate::expr) fn projection(
        &mut self,
        projection: Projection,
    ) -> Result<Option<String>, Error> {
        if projection.paths.is_empty() {
            return Ok(None);
        }
        check_overlap("projection", projection.paths.iter())?;
        self.expression("projection", |r, out| {
            for (i, path) in projection.paths.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                r.write_path(out, path)?;
            }
            Ok(())
        })
        .map(Some)
    }

    /// Renders an update; `None` when it changes nothing.
    pub(in crate::expr) fn update(&mut self, update: Update) -> Result<Option<String>, Error> {
        if update.clauses.is_empty() {
            return Ok(None);
        }
        check_overlap("update", update.clauses.iter().map(Clause::path))?;
        self.expression("update", |r, out| {
            // `SET` comes first, so that it is written to `out` directly.
            let mut others: [(&str, String); 3] =
                ["REMOVE ", "ADD ", "DELETE "].map(|keyword| (keyword, String::new()));
            for clause in update.clauses {
                let (keyword, text) = match clause {
                    Clause::Set(..) => ("SET ", &mut *out),
                    Clause::Remove(..) => section(&mut others[0]),
                    Clause::Add(..) => section(&mut others[1]),
                    Clause::Delete(..) => section(&mut others[2]),
                };
                text.push_str(if text.is_empty() { keyword } else { ", " });
                match clause {
                    Clause::Set(path, term) => {
                        check_set_value(&path, &term)?;
                        r.write_path(text, &path)?;
                        text.push_str(" = ");
                        r.write_term(text, term)
                            .map_err(|e| e.at_attribute(&path))?;
                    }
                    Clause::Remove(path) => r.write_path(text, &path)?,
                    Clause::Add(path, term) | Clause::Delete(path, term) => {
                        check_change(keyword.trim_end(), &path, &term)?;
                        r.write_path(text, &path)?;
                        text.push(' ');
                        r.write_term(text, term)
                            .map_err(|e| e.at_attribute(&path))?;
                    }
                }
            }
            for (_, text) in others.iter().filter(|(_, text)| !text.is_empty()) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(text);
            }
            Ok(())
        })
        .map(Some)
    }
}

fn section<'a>((keyword, text): &'a mut (&'static str, String)) -> (&'static str, &'a mut String) {
    (keyword, text)
}
