//! Document paths.

use dkmio::{Path, Segment};
use proptest::prelude::*;

fn name() -> impl Strategy<Value = String> {
    // Every character that has a meaning in a path, and some that have none.
    proptest::string::string_regex(r"[a-z0-9.\[\]\\ é#:-]{1,12}").unwrap()
}

proptest! {
    #[test]
    fn what_a_path_prints_parses_back(root in name(), steps in prop::collection::vec(prop_oneof![
        name().prop_map(|n| Segment::Name(n.into())),
        (0usize..1000).prop_map(Segment::Index),
    ], 0..6)) {
        let mut attr = dkmio::DynAttr::from(Path::root(root));
        for step in &steps {
            attr = match step {
                Segment::Name(name) => attr.entry(name.to_string()),
                Segment::Index(index) => attr.at(*index),
            };
        }
        let path = dkmio::Handle::path(&attr);
        prop_assert_eq!(path.segments(), &steps[..]);
        prop_assert_eq!(&Path::parse(&path.to_string()), path);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        let path = Path::parse(&text);
        let _ = path.to_string();
    }

    #[test]
    fn a_root_is_one_name_whatever_is_in_it(name in name()) {
        let path = Path::root(name.clone());
        prop_assert_eq!(path.attribute(), name);
        prop_assert!(path.segments().is_empty());
    }
}
