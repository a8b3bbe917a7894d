//! Numbers are exact, or refused.

use dkmio::{DynamoTable, Error, Number};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "numbers")]
struct Numbers {
    #[pk]
    id: u64,
    #[sk]
    n: i128,
    unsigned: u128,
    exact: Number,
    float: f64,
    small: f32,
}

fn numbers() -> Numbers {
    Numbers {
        id: u64::MAX,
        n: -12345678901234567890123456789012345678,
        unsigned: 99999999999999999999999999999999999999,
        exact: "12345678901234567890.123456789012345678".parse().unwrap(),
        float: 0.1 + 0.2,
        small: 1.1,
    }
}

#[tokio::test]
async fn numbers_of_38_digits_are_exact() {
    check(async |db| {
        db.create_table::<Numbers>().await?;
        let numbers = numbers();
        Numbers::put(&numbers).execute(&db).await?;
        assert_eq!(
            Numbers::get(&numbers).execute(&db).await?.as_ref(),
            Some(&numbers)
        );
        let query = || Numbers::query(u64::MAX);
        let same =
            query().filter(|n| n.unsigned().eq(numbers.unsigned) & n.exact().eq(&numbers.exact));
        assert_eq!(same.count(&db).await?, 1);
        let near: Number = "12345678901234567890.123456789012345679".parse().unwrap();
        let near = query().filter(|n| n.unsigned().lt(numbers.unsigned) | n.exact().ge(near));
        assert_eq!(near.count(&db).await?, 0);
        let new = Numbers::update(&numbers)
            .add(
                |n| n.exact(),
                "0.000000000000000001".parse::<Number>().unwrap(),
            )
            .set_expr(|n| n.unsigned(), |n| n.unsigned() - 1u128)
            .return_new();
        let new = new.execute(&db).await?;
        assert_eq!(
            new.exact.as_str(),
            "12345678901234567890.123456789012345679"
        );
        assert_eq!(new.unsigned, numbers.unsigned - 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_number_that_dynamodb_cannot_keep_is_refused_by_its_path() {
    check(async |db| {
        let is_encode = |e: &Error| matches!(e, Error::Encode(_));
        for (item, path) in [
            (
                Numbers {
                    unsigned: u128::MAX,
                    ..numbers()
                },
                "unsigned",
            ),
            (
                Numbers {
                    n: i128::MIN,
                    ..numbers()
                },
                "n",
            ),
            (
                Numbers {
                    float: f64::NAN,
                    ..numbers()
                },
                "float",
            ),
            (
                Numbers {
                    float: 1e126,
                    ..numbers()
                },
                "float",
            ),
            (
                Numbers {
                    float: 1e-131,
                    ..numbers()
                },
                "float",
            ),
            (
                Numbers {
                    small: f32::INFINITY,
                    ..numbers()
                },
                "small",
            ),
        ] {
            let error = super::refused(Numbers::put(&item).execute(&db).await, is_encode);
            assert!(
                matches!(&error, Error::Encode(e) if e.path() == path),
                "{error:?}"
            );
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_number_in_an_expression_is_refused_by_its_path() {
    check(async |db| {
        let is_encode = |e: &Error| matches!(e, Error::Encode(_));
        let update = Numbers::update((1, 1)).set(|n| n.float(), f64::NAN);
        let filter = Numbers::query(1).filter(|n| n.float().gt(f64::INFINITY));
        let errors = [
            super::refused(update.execute(&db).await, is_encode),
            super::refused(filter.execute(&db).await, is_encode),
        ];
        for error in errors {
            assert!(
                matches!(&error, Error::Encode(e) if e.path() == "float"),
                "{error:?}"
            );
        }
        Ok(())
    })
    .await;
}
