//! A table and its indexes as a drawing in Mermaid's language.

use super::model::{IndexSchema, IndexScope, TableSchema};
use super::{IndexProjection, KeySchema};
use std::fmt::{Display, Formatter, Result, Write};

impl TableSchema {
    /// Returns the table with its keys and indexes as a flowchart in the language of [Mermaid], for READMEs and wikis.
    ///
    /// Each index says what it holds. A global index hangs on an arrow that is drawn through, a local one on a dotted
    /// one. What is shown is the model, not the live table: [`DynamoDb::verify_table`](crate::DynamoDb::verify_table)
    /// compares the two.
    ///
    /// [Mermaid]: https://mermaid.js.org
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::{DynamoTable, Table};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Serialize, Deserialize, DynamoTable)]
    /// #[dkmio(table = "orders")]
    /// #[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total))]
    /// struct Orders {
    ///     #[pk]
    ///     user_id: String,
    ///     #[sk]
    ///     order_id: String,
    ///     status: String,
    ///     created_at: String,
    ///     total: u64,
    ///     note: Option<String>,
    /// }
    ///
    /// assert_eq!(
    ///     Orders::SCHEMA.to_mermaid(),
    ///     r#"flowchart LR
    ///     table["<b>orders</b><br/>pk: user_id (S)<br/>sk: order_id (S)<br/>status, created_at, total, note"]
    ///     index0["<b>by_status</b>: gsi-status-date<br/>pk: status (S)<br/>sk: created_at (S)<br/>holds: total"]
    ///     table --> index0
    /// "#
    /// );
    /// ```
    pub fn to_mermaid(&self) -> String {
        Drawing(self).to_string()
    }
}

struct Drawing<'a>(&'a TableSchema);

impl Display for Drawing<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let table = self.0;
        writeln!(f, "flowchart LR")?;
        write!(f, "    table[\"<b>{}</b>", Text(table.name()))?;
        write_keys(f, table.keys())?;
        let others = table.attributes().iter().copied();
        write_names(f, "", others.filter(|name| !table.keys().contains(name)))?;
        write_names(f, "ttl: ", table.ttl().into_iter())?;
        writeln!(f, "\"]")?;
        for (number, index) in table.indexes().iter().enumerate() {
            write_index(f, number, index)?;
        }
        Ok(())
    }
}

fn write_index(f: &mut Formatter<'_>, number: usize, index: &IndexSchema) -> Result {
    let (accessor, name) = (Text(index.accessor()), Text(index.name()));
    write!(f, "    index{number}[\"<b>{accessor}</b>: {name}")?;
    write_keys(f, index.keys())?;
    match index.projection() {
        IndexProjection::All => f.write_str("<br/>holds all")?,
        IndexProjection::KeysOnly => f.write_str("<br/>holds keys only")?,
        IndexProjection::Include(others) => write_names(f, "holds: ", others.iter().copied())?,
    }
    writeln!(f, "\"]")?;
    let arrow = match index.scope() {
        IndexScope::Global => "-->",
        IndexScope::Local => "-.->",
    };
    writeln!(f, "    table {arrow} index{number}")
}

fn write_keys(f: &mut Formatter<'_>, keys: &KeySchema) -> Result {
    for (role, elements) in [("<br/>pk: ", keys.partition()), ("<br/>sk: ", keys.sort())] {
        for (number, element) in elements.iter().enumerate() {
            let before = if number == 0 { role } else { ", " };
            write!(f, "{before}{} ({:?})", Text(element.name()), element.kind())?;
        }
    }
    Ok(())
}

/// Writes a line of names; nothing where there are none.
fn write_names<'a>(
    f: &mut Formatter<'_>,
    label: &str,
    names: impl Iterator<Item = &'a str>,
) -> Result {
    for (number, name) in names.enumerate() {
        match number {
            0 => write!(f, "<br/>{label}{}", Text(name))?,
            _ => write!(f, ", {}", Text(name))?,
        }
    }
    Ok(())
}

/// A name as it is, whatever Mermaid or HTML would make of its characters.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for character in self.0.chars() {
            if character.is_alphanumeric() || "-_. ".contains(character) {
                f.write_char(character)?;
            } else {
                write!(f, "#{};", u32::from(character))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::KeyElement;
    use crate::value::KeyKind;

    const fn key(partition: &'static [KeyElement], sort: &'static [KeyElement]) -> KeySchema {
        KeySchema::new(partition, sort)
    }

    const ID: KeyElement = KeyElement::new("id", KeyKind::S);
    const TEAM: KeyElement = KeyElement::new("team", KeyKind::S);
    const RANK: KeyElement = KeyElement::new("rank", KeyKind::N);

    #[test]
    fn each_kind_of_index_says_what_it_holds() {
        const INDEXES: &[IndexSchema] = &[
            IndexSchema::global(
                "by_team",
                "by-team",
                key(&[TEAM, RANK], &[ID]),
                IndexProjection::All,
            ),
            IndexSchema::local(
                "by_rank",
                "by-rank",
                key(&[ID], &[RANK]),
                IndexProjection::KeysOnly,
            ),
        ];
        let names = &["id", "team", "rank", "ends"];
        let table = TableSchema::new(
            "players",
            key(&[ID], &[]),
            INDEXES,
            Some("ends"),
            names,
            &[],
        );
        let drawing = table.to_mermaid();
        let lines: Vec<&str> = drawing.lines().map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "flowchart LR",
                r#"table["<b>players</b><br/>pk: id (S)<br/>team, rank, ends<br/>ttl: ends"]"#,
                r#"index0["<b>by_team</b>: by-team<br/>pk: team (S), rank (N)<br/>sk: id (S)<br/>holds all"]"#,
                "table --> index0",
                r#"index1["<b>by_rank</b>: by-rank<br/>pk: id (S)<br/>sk: rank (N)<br/>holds keys only"]"#,
                "table -.-> index1",
            ]
        );
    }

    #[test]
    fn no_name_breaks_out_of_its_label() {
        let names = &["id", "a\"]<b>#x", "größe"];
        let table = TableSchema::new("t", key(&[ID], &[]), &[], None, names, &[]);
        let drawing = table.to_mermaid();
        assert!(
            drawing.contains("a#34;#93;#60;b#62;#35;x, größe"),
            "{drawing}"
        );
        assert_eq!(drawing.matches('"').count(), 2, "{drawing}");
    }
}
