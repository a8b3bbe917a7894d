//! Key conditions, projections and updates.

use super::Renderer;
use super::check::{check_change, check_low_high, check_overlap, check_set_value};
use crate::error::Error;
use crate::expr::key_condition::{KeyCondition, KeyOperator};
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
                let name = r.alias(&part.name)?;
                let mut values = Vec::new();
                for value in part
                    .values
                    .map_err(|e| e.within_name(&part.name).into_encode(None))?
                {
                    values.push(r.value(value)?);
                }
                r.operators += 1;
                match (part.operator, values.as_slice()) {
                    (KeyOperator::BeginsWith, [prefix]) => {
                        out.push_str(&format!("begins_with({name}, {prefix})"));
                    }
                    (KeyOperator::Between, [low, high]) => {
                        r.check_order(low, high)?;
                        out.push_str(&format!("{name} BETWEEN {low} AND {high}"));
                    }
                    (KeyOperator::Compare(comparator), [value]) => {
                        out.push_str(&format!("{name} {} {value}", comparator.symbol()));
                    }
                    _ => {
                        return Err(Error::invalid(format!(
                            "the condition on key attribute `{}` has the wrong number of values",
                            part.name
                        )));
                    }
                }
            }
            Ok(())
        })
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
            let mut sections: [(&str, String); 4] =
                ["SET ", "REMOVE ", "ADD ", "DELETE "].map(|keyword| (keyword, String::new()));
            for clause in update.clauses {
                let section = match clause {
                    Clause::Set(..) => 0,
                    Clause::Remove(..) => 1,
                    Clause::Add(..) => 2,
                    Clause::Delete(..) => 3,
                };
                let (keyword, text) = &mut sections[section];
                if !text.is_empty() {
                    text.push_str(", ");
                }
                r.operators += 1;
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
            for (keyword, text) in sections.iter().filter(|(_, text)| !text.is_empty()) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(keyword);
                out.push_str(text);
            }
            Ok(())
        })
        .map(Some)
    }

    fn check_order(&self, low: &str, high: &str) -> Result<(), Error> {
        match (self.values.get(low), self.values.get(high)) {
            (Some(low), Some(high)) => check_low_high(low, high),
            _ => Ok(()),
        }
    }
}
