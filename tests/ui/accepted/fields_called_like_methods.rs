//! A field may be called like a method, an operator or a word of the derive.

use dkmio::{DynamoDocument, DynamoTable};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "words")]
#[gsi(by_table, pk = table, sk = index, project(eq, attr))]
pub struct Words {
    #[pk]
    pub key: String,
    #[sk]
    pub get: u64,
    pub r#type: String,
    pub eq: u64,
    pub select: u64,
    pub filter: u64,
    pub clone: u64,
    pub into: u64,
    pub default: u64,
    pub table: String,
    pub index: u64,
    pub attr: u64,
    pub path: u64,
    pub serialize: u64,
    pub std: u64,
    #[dkmio(document)]
    pub document: Nested,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
pub struct Nested {
    pub eq: u64,
    pub at: u64,
    pub path: u64,
    pub size: String,
    pub from_path: u64,
    pub deref: u64,
}

fn main() {
    dkmio_tests::schemas::is_accepted::<Words>();
    let _ = Words::scan()
        .filter(|w| {
            w.eq().eq(1) & w.select().ge(1) & w.filter().ge(1) & w.clone().ge(1) & w.into().ge(1)
        })
        .select(|w| (w.key(), w.get(), w.r#type(), w.default(), w.std()));
    // Of a document the field wins; `*` reaches the operator.
    let _ = Words::scan().filter(|w| {
        let d = w.document();
        d.eq().ge(1) & d.size().eq("XL") & d.size().size().ge(2) & (*d).eq(Nested::default())
    });
    let _ = Words::by_table().query("x").filter(|w| w.eq().eq(1));
    let _ = Words::update(&Words::default()).add(|w| w.path(), 1);
}
