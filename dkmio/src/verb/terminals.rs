//! `terminals!`: the two ways to run a builder, `.execute(&db)` and `.await`.

use std::pin::Pin;

/// The future of `.await` on a builder.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// Gives a builder its `execute` and its `.await`, by its `run(db)`. The builder has the type parameter of its model, and of
/// what it yields if that varies.
macro_rules! terminals {
    ([$M:ident $(, $R:ident)?] $builder:ty => $output:ty) => {
        impl<$M: Table $(, $R: Send + 'static)?> $builder {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Any [`Error`](crate::Error) of this operation; see its variants.
            pub fn execute(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<$output, Error>> + Send + 'static + use<$M $(, $R)?> {
                self.run(db.clone())
            }
        }

        /// Sends the request on the [default connection](DynamoDb::set_default).
        impl<$M: Table $(, $R: Send + 'static)?> IntoFuture for $builder {
            type Output = Result<$output, Error>;
            type IntoFuture = $crate::verb::terminals::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
            }
        }
    };
}
pub(super) use terminals;
