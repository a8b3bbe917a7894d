//! Prints an explanation for people, in several lines.

use super::Explain;
use std::fmt;

/// The operation, then its parts and options, one a line.
impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.table)?;
        if let Some(index) = &self.index {
            write!(f, " / {index}")?;
        }
        let mut line = |label: &str, text: &dyn fmt::Display| write!(f, "\n  {label:<14} {text}");
        let texts = [
            ("key condition", &self.key_condition),
            ("update", &self.update),
            ("condition", &self.condition),
            ("filter", &self.filter),
            ("projection", &self.projection),
        ];
        for (label, value) in [("key", &self.key), ("item", &self.item)] {
            if let Some(value) = value {
                line(label, value)?;
            }
        }
        for (label, text) in texts {
            if let Some(text) = text {
                line(label, text)?;
            }
        }
        for (alias, name) in &self.expression_attribute_names {
            // An alias like `#total` for `total` tells the reader nothing.
            if alias.strip_prefix('#') != Some(name) {
                line("name", &format_args!("{alias} = {name}"))?;
            }
        }
        for (placeholder, value) in &self.expression_attribute_values {
            line("value", &format_args!("{} = {value}", placeholder.0))?;
        }
        for (option, value) in &self.options {
            line("option", &format_args!("{option} = {value}"))?;
        }
        for note in &self.notes {
            line("note", note)?;
        }
        Ok(())
    }
}
