//! Generated code names nothing of the prelude: a program may call its own types anything.
#![allow(dead_code, reason = "only compiled")]

use dkmio::{DynamoDocument, DynamoTable, KeyAttribute, Projection};
use serde::{Deserialize, Serialize};

struct String;
struct Result;
struct Vec;
struct Box;
enum Shadow {
    Some,
    None,
    Ok,
    Err,
}
#[allow(unused_imports, reason = "they shadow")]
use Shadow::{Err, None, Ok, Some};
trait Into {}
trait From {}
trait Default {}
trait Send {}
trait Sync {}
trait Clone {}
trait Copy {}
trait Deref {}
trait Iterator {}
struct Attr;
struct Path;
struct Context;
struct Attribute;
struct Selected;
struct Key;
struct Table;
mod std {}
mod core {}
mod alloc {}

type Text = ::std::string::String;

#[derive(Debug, PartialEq, ::std::clone::Clone, Eq, Hash, KeyAttribute)]
struct Status(Text);

impl Serialize for Status {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        ::std::result::Result::map(Text::deserialize(deserializer), Self)
    }
}

#[derive(Debug, ::std::clone::Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, pk = status, project(total))]
#[lsi(by_total, sk = total)]
struct Orders {
    #[pk]
    id: Text,
    #[sk]
    number: u64,
    status: ::std::option::Option<Status>,
    total: u64,
    #[dkmio(document)]
    address: Address,
    #[dkmio(document)]
    addresses: ::std::vec::Vec<Address>,
    #[ttl]
    expires_at: ::std::option::Option<dkmio::Ttl>,
}

#[derive(Debug, ::std::clone::Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Address {
    city: Text,
    zip: ::std::option::Option<Text>,
}

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Summary {
    total: u64,
}

fn main() {
    dkmio_tests::schemas::is_accepted::<Orders>();
    let _ = Orders::get(("ord_456", 1)).select(|o| (o.total(), o.address().zip()));
    let _ = Orders::by_status()
        .query(Status(Text::new()))
        .select_as::<Summary>();
}
