//! An item that has a value in one of the places, and reads as the same kind of item.

use super::places::{
    Adjacent, Catching, Deep, Either, External, Flattened, Inner, Internal, Model, Optional, Pair,
    Untagged, Wrapped, Wrapper,
};
use super::places::{
    adjacent, deep, entries, external, inner, internal, optional, untagged, wrapped,
};
use super::shape::{Place, Shape, Within};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::cell::Cell;

/// A list, an array, and a tuple struct.
type Lists<T> = ((Vec<T>, [T; 2]), Pair<T>);

thread_local! {
    /// What the items of this thread are read as.
    static READ_AS: Cell<&'static str> = const { Cell::new("") };
}

macro_rules! items {
    ($($kind:ident: $model:ty;)*) => {
        /// Written as the model that it holds, and read as the one that was named by [`Item::reading`].
        ///
        /// One type for all models, so that there is one table of them.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged, bound = "T: Shape")]
        pub(super) enum Item<T: Shape> {
            $($kind($model),)*
        }

        impl<T: Shape> Item<T> {
            pub(super) fn kind(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => stringify!($kind),)*
                }
            }
        }

        impl<'de, T: Shape> Deserialize<'de> for Item<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match READ_AS.get() {
                    $(stringify!($kind) => <$model>::deserialize(deserializer).map(Self::$kind),)*
                    _ => Err(D::Error::custom("nobody said what to read")),
                }
            }
        }
    };
}

items! {
    Field: Model<T>;
    Wrapped: Wrapped<T>;
    Optional: Optional<T>;
    Lists: Model<Lists<T>>;
    Deep: Model<Deep<T>>;
    External: Model<External<T>>;
    Internal: Model<Internal<T>>;
    Adjacent: Model<Adjacent<T>>;
    Untagged: Model<Untagged<T>>;
    Either: Model<Either<T>>;
    Flattened: Flattened<Inner<T>>;
    FlattenedTwice: Flattened<Wrapper<Inner<T>>>;
    FlattenedOption: Flattened<Option<Inner<T>>>;
    FlattenedDeep: Flattened<Deep<T>>;
    FlattenedExternal: Flattened<External<T>>;
    FlattenedInternal: Flattened<Internal<T>>;
    FlattenedAdjacent: Flattened<Adjacent<T>>;
    FlattenedUntagged: Flattened<Untagged<T>>;
    Catching: Catching<T>;
}

impl<T: Shape> Item<T> {
    /// Makes this thread read items of this kind.
    pub(super) fn reading(&self) {
        READ_AS.set(self.kind());
    }

    /// Returns an item for each place that a value can be in, with the places.
    pub(super) fn all(t: &T) -> Vec<(Vec<Place>, Self)> {
        let (id, after) = (1, Some(1));
        let [field, element, entry] = [Place::Field, Place::Element, Place::Entry];
        let lists = (
            (vec![t.clone()], [t.clone(), t.clone()]),
            Pair(1, t.clone()),
        );
        let mut all = vec![
            (
                vec![field],
                Self::Field(Model {
                    id,
                    field: t.clone(),
                }),
            ),
            (vec![field, Place::Variant], Self::Wrapped(wrapped(t))),
            (
                vec![Place::Optional, element, entry],
                Self::Optional(optional(t)),
            ),
            (vec![element], Self::Lists(Model { id, field: lists })),
            (
                vec![element, entry, field],
                Self::Deep(Model { id, field: deep(t) }),
            ),
        ];
        all.extend(Self::enums(t));
        let [field, element, entry] = [field, element, entry].map(Place::behind);
        let wrapper = || Wrapper { inner: inner(t) };
        all.extend([
            (
                vec![field],
                Self::Flattened(Flattened {
                    id,
                    inner: inner(t),
                    after,
                }),
            ),
            (
                vec![field],
                Self::FlattenedTwice(Flattened {
                    id,
                    inner: wrapper(),
                    after,
                }),
            ),
            (
                vec![field],
                Self::FlattenedOption(Flattened {
                    id,
                    inner: Some(inner(t)),
                    after,
                }),
            ),
            (
                vec![element, entry, field],
                Self::FlattenedDeep(Flattened {
                    id,
                    inner: deep(t),
                    after,
                }),
            ),
            (
                vec![entry],
                Self::Catching(Catching {
                    id,
                    rest: entries(t),
                }),
            ),
        ]);
        all.extend(Self::flattened_enums(t));
        all
    }

    fn enums(t: &T) -> Vec<(Vec<Place>, Self)> {
        let id = 1;
        let mut all = Vec::new();
        for (place, field) in external(t) {
            all.push((vec![place], Self::External(Model { id, field })));
        }
        for (place, field) in internal(t) {
            let either = Model {
                id,
                field: Either::Internal(field.clone()),
            };
            all.push((vec![place.behind()], Self::Either(either)));
            all.push((vec![place.behind()], Self::Internal(Model { id, field })));
        }
        for (place, field) in adjacent(t) {
            let either = Model {
                id,
                field: Either::Adjacent(field.clone()),
            };
            all.push((vec![place.behind()], Self::Either(either)));
            all.push((vec![place.behind()], Self::Adjacent(Model { id, field })));
        }
        for (place, field) in untagged(t) {
            all.push((vec![place.behind()], Self::Untagged(Model { id, field })));
        }
        all
    }

    fn flattened_enums(t: &T) -> Vec<(Vec<Place>, Self)> {
        let (id, after) = (1, None);
        let mut all = Vec::new();
        for (place, inner) in external(t) {
            let place = match place {
                Place::Variant => Place::Buffered(Within::FlattenedVariant),
                place => place.behind(),
            };
            all.push((
                vec![place],
                Self::FlattenedExternal(Flattened { id, inner, after }),
            ));
        }
        for (place, inner) in internal(t) {
            all.push((
                vec![place.behind()],
                Self::FlattenedInternal(Flattened { id, inner, after }),
            ));
        }
        for (place, inner) in adjacent(t) {
            all.push((
                vec![place.behind()],
                Self::FlattenedAdjacent(Flattened { id, inner, after }),
            ));
        }
        for (place, inner) in untagged(t) {
            // serde flattens no lists.
            if !matches!(inner, Untagged::Tuple(..)) {
                all.push((
                    vec![place.behind()],
                    Self::FlattenedUntagged(Flattened { id, inner, after }),
                ));
            }
        }
        all
    }
}
