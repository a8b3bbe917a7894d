//! Writes a visibility so that it means the same in another module.

use syn::{Ident, Path, Visibility, parse_quote};

/// Returns the visibility as it has to be written two modules further down to mean the same.
pub(crate) fn two_modules_down(vis: &Visibility) -> Visibility {
    let restricted = match vis {
        Visibility::Public(_) => return vis.clone(),
        Visibility::Inherited => return parse_quote!(pub(in super::super)),
        Visibility::Restricted(restricted) => restricted,
    };
    let path = &*restricted.path;
    let first = path.segments.first().map(|segment| &segment.ident);
    match first {
        Some(first) if *first == "super" => parse_quote!(pub(in super::super::#path)),
        Some(first) if *first == "self" => {
            let below: Vec<&Ident> = path
                .segments
                .iter()
                .skip(1)
                .map(|segment| &segment.ident)
                .collect();
            let path: Path = parse_quote!(super::super #(::#below)*);
            parse_quote!(pub(in #path))
        }
        _ => vis.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn paths_climb_two_modules_more() {
        let cases: [(Visibility, Visibility); 6] = [
            (parse_quote!(pub), parse_quote!(pub)),
            (parse_quote!(pub(crate)), parse_quote!(pub(crate))),
            (
                parse_quote!(pub(super)),
                parse_quote!(pub(in super::super::super)),
            ),
            (parse_quote!(pub(self)), parse_quote!(pub(in super::super))),
            (
                parse_quote!(pub(in crate::models)),
                parse_quote!(pub(in crate::models)),
            ),
            (Visibility::Inherited, parse_quote!(pub(in super::super))),
        ];
        for (from, to) in cases {
            assert_eq!(two_modules_down(&from), to, "{}", quote!(#from));
        }
    }
}
