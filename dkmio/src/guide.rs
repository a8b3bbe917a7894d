// The pages are files, so that they read well without rustdoc too: `dkmio/guide/README.md` is their table of contents. Their
// snippets run as doctests where the feature `embedded` gives them an engine.
//
// `[reading]` and its like lead where `guide/links.md` says in rustdoc. Each file defines the names that it uses once more, at
// its end, for those who read the files: in Markdown the first definition of a name counts. A snippet that fails is reported
// by its page's module; its line is in `links.md` and the page, one after the other.
#![doc = include_str!("guide/links.md")]
#![doc = include_str!("../guide/README.md")]

macro_rules! pages {
    ($($name:ident $file:literal)*) => {$(
        #[doc = include_str!("guide/links.md")]
        #[cfg_attr(any(not(doctest), feature = "embedded"), doc = include_str!(concat!("../guide/", $file)))]
        pub mod $name {}
    )*};
}

pages! {
    first_table "first-table.md"
    keys_and_indexes "keys-and-indexes.md"
    reading "reading.md"
    writing "writing.md"
    updates "updates.md"
    versions "versions.md"
    pages "pages.md"
    batches "batches.md"
    transactions "transactions.md"
    time_to_live "time-to-live.md"
    vector_search "vector-search.md"
    one_table "one-table.md"
    streams "streams.md"
    tables "tables.md"
    evolving "evolving.md"
    resilience "resilience.md"
    testing "testing.md"
    observability "observability.md"
    performance "performance.md"
    access_patterns "access-patterns.md"
    errors "errors.md"
    values "values.md"
    serde_dynamo "serde-dynamo.md"
}

#[doc = include_str!("guide/links.md")]
#[cfg_attr(
    any(not(doctest), all(feature = "embedded", feature = "streams")),
    doc = include_str!("../guide/stream-consumer.md")
)]
pub mod stream_consumer {}

// No doctest: its programs are what `tests/ui` has the compiler refuse and accept, and a house test holds the page to it.
#[doc = include_str!("guide/links.md")]
#[cfg_attr(not(doctest), doc = include_str!("../guide/what-the-compiler-tells-you.md"))]
pub mod what_the_compiler_tells_you {}
