//! `given`: the value of a member that stays as it is, where members are set together.

use super::operand::{Assigned, Operand, Optional};
use super::term::Term;
use crate::schema::Removable;
use std::marker::PhantomData;

/// The slot of a member that is set together with others, attribute `A`.
pub struct Stated<A>(PhantomData<A>);
impl<A: Removable> Optional for Stated<A> {}

/// A member that stays as it is; made by [`given`].
#[derive(Clone, Copy, Debug)]
pub struct Given<V>(V);

/// Says in `set_together` that a member stays as it is. The update fails if the item has another value by then; `None` says
/// that it has none.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoEntity, SharedTable, given};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(SharedTable)]
/// # #[dkmio(table = "shop")]
/// # #[keys(pk = "PK", sk = "SK", kind = "kind")]
/// # #[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
/// # struct Shop;
/// # #[derive(Serialize, Deserialize, DynamoEntity)]
/// # #[entity(of = Shop, kind = "parcel")]
/// # #[key(pk = "PARCEL#{id}", sk = "PARCEL")]
/// # #[gsi(by_courier, of = gsi1, pk = "COURIER#{courier}", sk = "{priority:03}")]
/// # struct Parcel { id: String, courier: Option<String>, priority: u16 }
/// let update = Parcel::update("p_1").set_together(|p| p.by_courier(), ("dhl", given(7)));
/// # update.explain()?;
/// # Ok::<(), dkmio::Error>(())
/// ```
pub fn given<V>(value: V) -> Given<V> {
    Given(value)
}

#[diagnostic::do_not_recommend]
impl<T, A, V: Operand<T, Assigned<A>>> Operand<T, Stated<A>> for Given<V> {
    fn into_term(self) -> Term {
        self.0.into_term()
    }

    fn is_given(&self) -> bool {
        true
    }
}

/// What is said of a member: its value, and `true` if it stays as it is.
#[doc(hidden)]
pub type Saying = (Term, bool);

/// Values for members of the types `T`, whose attributes are `A`: a tuple, or one value alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not values for the members `{T}`",
    label = "expected a value, or `given(..)`, for each of `{T}`"
)]
pub trait JointValues<T, A> {
    #[doc(hidden)]
    fn into_sayings(self) -> Vec<Saying>;
}

macro_rules! values {
    ($($T:ident $A:ident $V:ident $i:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($T, $A, $V: Operand<$T, Stated<$A>>),*> JointValues<($($T,)*), ($($A,)*)> for ($($V,)*) {
            fn into_sayings(self) -> Vec<Saying> {
                vec![$({
                    let is_given = self.$i.is_given();
                    (self.$i.into_term(), is_given)
                }),*]
            }
        }
    };
}
values!(T0 A0 V0 0, T1 A1 V1 1);
values!(T0 A0 V0 0, T1 A1 V1 1, T2 A2 V2 2);
values!(T0 A0 V0 0, T1 A1 V1 1, T2 A2 V2 2, T3 A3 V3 3);
values!(T0 A0 V0 0, T1 A1 V1 1, T2 A2 V2 2, T3 A3 V3 3, T4 A4 V4 4);
values!(T0 A0 V0 0, T1 A1 V1 1, T2 A2 V2 2, T3 A3 V3 3, T4 A4 V4 4, T5 A5 V5 5);
