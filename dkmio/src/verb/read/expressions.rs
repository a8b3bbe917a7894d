//! Lowers a query or a scan: checks what is named at run time, renders the expressions, and prepares the pages.

use super::input::ReadInput;
use super::one_kind::OneKind;
use super::options::{ReadOptions, Want};
use crate::attr::Path;
use crate::error::{Error, InvalidProjection, ValidationCause};
use crate::expr::{Decoder, Expression, ExpressionBuilder, Projection, Selected};
use crate::page::{CursorOwner, Prepared, Start};
use crate::schema::{Source, Table};

impl ReadOptions {
    /// Makes the request of the first page, and what the pager needs besides. The builder has what only the verb knows.
    pub(in crate::verb) fn prepare<S: Source, R: ReadInput, O>(
        mut self,
        builder: ExpressionBuilder,
        decoder: Decoder<O>,
        (owner, start): (CursorOwner, Start),
        want: Want,
    ) -> Result<Prepared<R, O>, Error> {
        self.complete::<S::Table>();
        self.check_sizes()?;
        self.check_paths::<S, R>(decoder.paths())?;
        let filtered = self.filter.is_some();
        let kind = self.leave_one_kind::<S>(R::FILTERS_KEYS);
        let (expression, selected_later) =
            self.expressions::<S>(decoder.paths(), builder, kind, want, &owner)?;
        Ok(Prepared {
            request: R::of_read::<S>(&self, expression, want)?,
            decoder,
            owner,
            table: S::Table::SCHEMA.name(),
            table_keys: S::Table::KEYS,
            filtered,
            of_one_kind: kind.is_filtered,
            kind: kind.check,
            only_counts: want == Want::Count,
            page_size: self.page_size,
            limit: self.limit,
            start,
            selected_later,
            hands_out_pages: matches!(want, Want::Page | Want::Pages),
            prefetch: self.prefetch,
        })
    }

    /// Takes the filter, and renders it and the projection of these paths with what the builder has. Also returns what the
    /// requests after the first one select, if that is more.
    fn expressions<S: Source>(
        &mut self,
        paths: &[Path],
        builder: ExpressionBuilder,
        kind: OneKind,
        want: Want,
        owner: &CursorOwner,
    ) -> Result<(Expression, Option<Selected>), Error> {
        // A page is cut only if a filter hides how much must be read; the next request starts after the last item's keys.
        let cuts = self.filter.is_some() && self.limit.is_some();
        let builder = builder.optional_filter(self.filter.take());
        // What tells the kind is read too. A count reads nothing else.
        let told_by: Vec<Path> = kind.told_by().map(Path::root).collect();
        if want == Want::Count && !told_by.is_empty() {
            let projection = Projection::covering(&told_by);
            return Ok((builder.projection(projection).build()?, None));
        }
        if want == Want::Count || paths.is_empty() {
            return Ok((builder.build()?, None));
        }
        let keys: Vec<Path> = owner.key_names().map(Path::root).collect();
        let paths = || paths.iter().chain(&told_by);
        let with_keys = Projection::covering(paths().chain(&keys));
        // The keys of a page's first item lead to the page before it; the first page of a read has none.
        let has_way_back = owner.has_way_back();
        if cuts || (has_way_back && self.start.is_some()) {
            return Ok((builder.projection(with_keys).build()?, None));
        }
        let later = (has_way_back && want == Want::Pages)
            .then(|| builder.clone().projection(with_keys).build().ok())
            .flatten();
        let table_keys = S::Table::KEYS.iter().filter(|_| self.names_keys);
        let table_keys: Vec<Path> = table_keys.map(|key| Path::root(key.name())).collect();
        let projection = Projection::covering(paths().chain(&table_keys));
        let first = builder.projection(projection).build()?;
        Ok((first, later.map(Expression::into_selected)))
    }

    fn check_sizes(&self) -> Result<(), Error> {
        if self.page_size == Some(0) {
            return Err(Error::invalid(
                ValidationCause::Value,
                "a page size of 0 reads nothing; DynamoDB takes 1 or more",
            ));
        }
        // Its page would be empty and have no cursor, which says that nothing follows.
        if self.limit == Some(0) {
            return Err(Error::invalid(
                ValidationCause::Value,
                "a limit of 0 returns nothing, and its page would look like the last; ask for 1 item or more",
            ));
        }
        Ok(())
    }

    /// Checks the attributes that the filter and the selection name. Typed accessors cannot name wrong ones; names given at
    /// run time can.
    fn check_paths<S: Source, R: ReadInput>(&self, selected: &[Path]) -> Result<(), Error> {
        let mut filtered = Vec::new();
        if let Some(filter) = &self.filter {
            filter.paths(&mut filtered);
        }
        if !R::FILTERS_KEYS {
            check_no_key::<S>(&filtered)?;
        }
        check_projected::<S>(selected.iter().chain(filtered))
    }
}

/// Checks that a filter does not name the keys of the table or index.
fn check_no_key<S: Source>(filtered: &[&Path]) -> Result<(), Error> {
    let is_key = |path: &&&Path| S::KEYS.contains(path.attribute());
    match filtered.iter().find(is_key) {
        Some(path) => Err(Error::invalid(
            ValidationCause::Expression,
            format!(
                "a query cannot filter on its own key attribute `{}`; compare it in `.sk(|k| ..)`",
                path.attribute()
            ),
        )),
        None => Ok(()),
    }
}

/// Checks that an index projects these attributes.
fn check_projected<'a, S: Source>(paths: impl Iterator<Item = &'a Path>) -> Result<(), Error> {
    let Some(index) = S::INDEX else { return Ok(()) };
    let Some(projected) = index.projection().attributes(&S::Table::SCHEMA, index) else {
        return Ok(());
    };
    for path in paths {
        if !projected.contains(&path.attribute()) {
            let projected = projected.iter().map(|name| (*name).to_owned()).collect();
            return Err(Error::InvalidProjection(InvalidProjection::new(
                path.attribute(),
                index.name(),
                projected,
            )));
        }
    }
    Ok(())
}
