//! The rules of an enum of entities.

use crate::diagnostics::Diagnostics;
use crate::parse::{Entities, EntityVariant};

/// Applies every rule.
pub(crate) fn entities(declared: &Entities, diagnostics: &mut Diagnostics) {
    check_table(declared, diagnostics);
    for variant in &declared.variants {
        check_variant(variant, diagnostics);
    }
    check_others(declared, diagnostics);
    check_count(declared, diagnostics);
}

fn check_table(declared: &Entities, diagnostics: &mut Diagnostics) {
    if declared.of.is_none() && diagnostics.count() == 0 {
        diagnostics.on(
            &declared.ident,
            format!(
                "`{}` does not say of which table its entities are",
                declared.ident
            ),
            "write `#[entities(of = Shop)]`: the struct that derives `SharedTable`",
        );
    }
}

fn check_variant(variant: &EntityVariant, diagnostics: &mut Diagnostics) {
    if variant.ty.is_some() {
        return;
    }
    let ident = &variant.ident;
    let help = match variant.other {
        Some(_) => format!("`{ident}(dkmio::Item)`"),
        None => format!("`{ident}({ident})`"),
    };
    diagnostics.on(
        ident,
        format!("a variant holds one entity: {help}"),
        "it takes one value, without a name",
    );
}

fn check_others(declared: &Entities, diagnostics: &mut Diagnostics) {
    let mut others = declared.variants.iter().filter_map(|v| v.other.as_ref());
    let Some(first) = others.next() else { return };
    for second in others {
        diagnostics.on(
            second,
            "two variants take the items of other kinds",
            "one is enough: it holds a `dkmio::Item`",
        );
    }
    if let Some(skip) = &declared.skip_unknown {
        diagnostics.on(
            skip,
            "items of other kinds are left out by `skip_unknown`, and taken by a variant",
            format!("drop one of the two: this word, or `#[entities({first})]`"),
        );
    }
}

fn check_count(declared: &Entities, diagnostics: &mut Diagnostics) {
    if declared
        .variants
        .iter()
        .all(|variant| variant.other.is_some())
    {
        diagnostics.on(
            &declared.ident,
            format!("`{}` has no entity", declared.ident),
            "write a variant for each: `User(User)`",
        );
    }
}
