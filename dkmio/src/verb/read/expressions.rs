//! The expressions of a query or a scan, and the checks before them.

use super::options::{ReadOptions, Want};
use crate::attr::Path;
use crate::error::{Error, InvalidProjection, ValidationCause};
use crate::expr::{Condition, Decoder, Expression, ExpressionBuilder, Projection, Selected};
use crate::page::{CursorOwner, Prepared, Start};
use crate::schema::{Source, Table};

/// What the pages of a read need of its expressions. `expressions` makes it; `prepare` takes it.
pub(in crate::verb) struct LaterPages {
    /// `true` if the read has a filter.
    filtered: bool,
    /// What the requests after the first one select, if that is more.
    selected_later: Option<Selected>,
}

impl ReadOptions {
    /// Checks the options and the attributes that are named at run time, takes the filter, and renders it and the projection
    /// of these paths with what the builder has.
    pub(in crate::verb) fn expressions<S: Source>(
        &mut self,
        paths: &[Path],
        builder: ExpressionBuilder,
        want: Want,
        owner: &CursorOwner,
    ) -> Result<(Expression, LaterPages), Error> {
        check_sizes(self.page_size, self.limit)?;
        let filtered = self.filter.is_some();
        let rest = |selected_later| LaterPages {
            filtered,
            selected_later,
        };
        let mut named: Vec<&Path> = paths.iter().collect();
        if let Some(filter) = &self.filter {
            filter.paths(&mut named);
        }
        check_projected::<S>(&named)?;
        let builder = builder.optional_filter(self.filter.take());
        if want == Want::Count || paths.is_empty() {
            return Ok((builder.build()?, rest(None)));
        }
        let keys: Vec<Path> = owner.key_names().map(Path::root).collect();
        let with_keys = Projection::covering(paths.iter().chain(&keys));
        // A page is cut only if a filter hides how much must be read; the next request starts after the last item's keys.
        let cuts = filtered && self.limit.is_some();
        // The keys of a page's first item lead to the page before it; the first page of a read has none.
        let has_way_back = owner.has_way_back();
        if cuts || (has_way_back && self.start.is_some()) {
            return Ok((builder.projection(with_keys).build()?, rest(None)));
        }
        let later = (has_way_back && want == Want::Pages)
            .then(|| builder.clone().projection(with_keys).build().ok())
            .flatten();
        let table_keys = S::Table::KEYS.iter().filter(|_| self.names_keys);
        let table_keys: Vec<Path> = table_keys.map(|key| Path::root(key.name())).collect();
        let projection = Projection::covering(paths.iter().chain(&table_keys));
        let first = builder.projection(projection).build()?;
        Ok((first, rest(later.map(Expression::into_selected))))
    }

    /// Returns what the pager needs of the read.
    pub(in crate::verb) fn prepare<S: Source, R, O>(
        self,
        request: R,
        decoder: Decoder<O>,
        (owner, start): (CursorOwner, Start),
        want: Want,
        rest: LaterPages,
    ) -> Prepared<R, O> {
        Prepared {
            request,
            decoder,
            owner,
            table: S::Table::SCHEMA.name(),
            table_keys: S::Table::KEYS,
            filtered: rest.filtered,
            page_size: self.page_size,
            limit: self.limit,
            start,
            selected_later: rest.selected_later,
            hands_out_pages: matches!(want, Want::Page | Want::Pages),
            prefetch: self.prefetch,
        }
    }
}

fn check_sizes(page_size: Option<u32>, limit: Option<usize>) -> Result<(), Error> {
    if page_size == Some(0) {
        return Err(Error::invalid(
            ValidationCause::Value,
            "a page size of 0 reads nothing; DynamoDB takes 1 or more",
        ));
    }
    // Its page would be empty and have no cursor, which says that nothing follows.
    if limit == Some(0) {
        return Err(Error::invalid(
            ValidationCause::Value,
            "a limit of 0 returns nothing, and its page would look like the last; ask for 1 item or more",
        ));
    }
    Ok(())
}

/// Checks that an index projects these attributes. Typed accessors cannot name others; names given at run time can.
fn check_projected<S: Source>(paths: &[&Path]) -> Result<(), Error> {
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

/// Checks that a query does not filter on the keys of its table or index, because DynamoDB refuses that. Typed accessors
/// cannot name the keys; names given at run time can.
pub(in crate::verb) fn check_no_key_filter<S: Source>(
    filter: Option<&Condition>,
) -> Result<(), Error> {
    let mut paths = Vec::new();
    if let Some(filter) = filter {
        filter.paths(&mut paths);
    }
    match paths.iter().find(|path| S::KEYS.contains(path.attribute())) {
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
