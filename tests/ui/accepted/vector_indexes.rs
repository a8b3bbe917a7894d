//! Vector indexes in many shapes: private, in a function, with keys of one's own, on one field several times.

use dkmio::{DynamoTable, KeyAttribute, Projection, Vector};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
enum Lang {
    En,
    De,
}

const LENGTH: usize = 4;
type Embedding = Vector<LENGTH>;

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs", derive(Clone, Serialize))]
#[serde(rename_all = "camelCase")]
#[gsi(by_lang, pk = lang)]
#[vector_index(by_meaning, on = text_vector, dimensions = 4, distance = cosine, pk = id, filter(lang, r#type))]
#[vector_index(near, on = text_vector, dimensions = 4, distance = euclidean, project = keys_only)]
#[vector_index(like, name = "docs.like", on = image_vector, dimensions = 0x2, distance = dot_product, project(image_vector))]
struct Docs {
    #[pk]
    id: String,
    #[sk]
    part: u32,
    lang: Option<Lang>,
    r#type: u8,
    #[serde(default)]
    read: bool,
    text_vector: Embedding,
    image_vector: Option<Vector<2>>,
}

#[derive(Deserialize, Projection)]
#[projection(of = Docs)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    image_vector: Option<Vector<2>>,
}

fn main() -> Result<(), dkmio::Error> {
    #[derive(Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "inner")]
    #[vector_index(nearest, on = vector, dimensions = 1, distance = cosine)]
    struct Inner {
        #[pk]
        id: u64,
        vector: Vector<1>,
    }
    dkmio_tests::schemas::is_accepted::<Docs>();
    dkmio_tests::schemas::is_accepted::<Inner>();
    let _ = Inner::nearest().search(&[1.0].into()).explain()?;

    let vector = Embedding::from([0.0, 1.0, 0.0, 1.0]);
    let search = Docs::by_meaning().search(&vector).within("doc_1");
    let found = search.clone().filter(|d| d.lang().eq(Lang::En) & d.r#type().eq(1));
    let _ = found.select(|d| (d.id(), d.text_vector(), d.read())).explain()?;
    let _: Option<DocsByMeaning> = None;
    let _ = Docs::near().search(&vector).top(100).raw().explain()?;
    let _ = Docs::like().search(&[1.0, 2.0].into()).select_as::<Row>().explain()?;
    let _ = Docs::update(("a", 1)).set(|d| d.text_vector(), &vector).remove(|d| d.image_vector());
    let _ = Docs::scan().filter(|d| d.text_vector().size().eq(4_u64) & d.text_vector().eq(&vector));
    Ok(())
}
