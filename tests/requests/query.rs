use crate::check;
use dkmio::{AttributeType, Condition, attr};
use dkmio_tests::orders::{Orders, Status};

#[test]
fn query() {
    let query = || Orders::query("usr_123");
    check(
        "query",
        vec![
            ("a partition", query().explain()),
            ("sk eq", query().sk(|k| k.eq("ord_1")).explain()),
            (
                "sk_if some",
                query().sk_if(Some("ord_1"), |k, v| k.eq(v)).explain(),
            ),
            (
                "sk_if none",
                query().sk_if(None::<&str>, |k, v| k.eq(v)).explain(),
            ),
            ("sk lt", query().sk(|k| k.lt("ord_1")).explain()),
            ("sk le", query().sk(|k| k.le("ord_1")).explain()),
            ("sk gt", query().sk(|k| k.gt("ord_1")).explain()),
            ("sk ge", query().sk(|k| k.ge("ord_1")).explain()),
            (
                "sk between",
                query().sk(|k| k.between("ord_1", "ord_2")).explain(),
            ),
            (
                "sk begins_with",
                query().sk(|k| k.begins_with("ord_")).explain(),
            ),
            ("descending", query().descending().explain()),
            ("consistent", query().consistent().explain()),
            ("page size", query().page_size(25).explain()),
            (
                "a limit without a filter asks for no more than it hands out",
                query().limit(10).explain(),
            ),
            (
                "a limit with a filter reads whole pages",
                query().limit(10).filter(|o| o.total().ge(1)).explain(),
            ),
            (
                "a limit with a filter and a selection reads the keys to go on from",
                query()
                    .limit(10)
                    .filter(|o| o.total().ge(1))
                    .select(|o| o.total())
                    .explain(),
            ),
            (
                "the smaller of page size and limit",
                query().page_size(3).limit(10).explain(),
            ),
            (
                "consumed capacity",
                query().return_consumed_capacity().explain(),
            ),
            (
                "an index",
                Orders::by_status()
                    .query(Status::Pending)
                    .sk(|k| k.ge("2025-01-01"))
                    .filter(|o| o.total().ge(100))
                    .select(|o| (o.user_id(), o.total()))
                    .explain(),
            ),
            (
                "a local index",
                Orders::by_amount()
                    .query("usr_123")
                    .sk(|k| k.between(10, 20))
                    .consistent()
                    .explain(),
            ),
            (
                "an index without a sort key",
                Orders::by_region().query("eu").explain(),
            ),
        ],
    );
}

#[test]
fn filters() {
    let filter = |f: fn(&dkmio_tests::orders::OrdersAttrs<_>) -> Condition| {
        Orders::query("u").filter(f).explain()
    };
    check(
        "filters",
        vec![
            ("eq", filter(|o| o.total().eq(1))),
            ("ne", filter(|o| o.total().ne(1))),
            ("lt", filter(|o| o.total().lt(1))),
            ("le", filter(|o| o.total().le(1))),
            ("gt", filter(|o| o.total().gt(1))),
            ("ge", filter(|o| o.total().ge(1))),
            ("between", filter(|o| o.total().between(1, 2))),
            ("begins_with", filter(|o| o.region().begins_with("e"))),
            (
                "not_begins_with",
                filter(|o| o.region().not_begins_with("e")),
            ),
            ("contains", filter(|o| o.tags().contains("new"))),
            (
                "not_contains",
                filter(|o| o.description().not_contains("x")),
            ),
            ("exists", filter(|o| o.region().exists())),
            ("not_exists", filter(|o| o.region().not_exists())),
            ("is_in", filter(|o| o.region().is_in(["eu", "us"]))),
            (
                "is_in of nothing never holds",
                filter(|o| o.region().is_in([""; 0])),
            ),
            (
                "attribute_type",
                filter(|o| o.address().attribute_type(AttributeType::M)),
            ),
            ("size", filter(|o| o.items().size().ge(3))),
            ("size between", filter(|o| o.items().size().between(1, 10))),
            (
                "an attribute against another",
                filter(|o| o.region().eq(o.description())),
            ),
            (
                "an attribute against a size",
                filter(|o| o.total().gt(o.items().size())),
            ),
            ("nested", filter(|o| o.address().city().eq("Lima"))),
            ("an element", filter(|o| o.items().at(0).qty().gt(5))),
            (
                "and binds before or",
                filter(|o| o.total().eq(1) & o.total().eq(2) | o.total().eq(3)),
            ),
            (
                "or within and",
                filter(|o| o.total().eq(1) & (o.total().eq(2) | o.total().eq(3))),
            ),
            (
                "not binds its operand",
                filter(|o| !o.total().eq(1) & o.total().eq(2)),
            ),
            (
                "not of a group",
                filter(|o| !(o.total().eq(1) & o.total().eq(2))),
            ),
            ("not of not", filter(|o| !!o.total().eq(1))),
            (
                "all of nothing always holds",
                filter(|_| Condition::all([])),
            ),
            (
                "any of nothing adds nothing",
                filter(|o| o.total().eq(1) | Condition::any([])),
            ),
            (
                "names known at run time",
                filter(|_| attr("a.b[0]").eq("x")),
            ),
        ],
    );
}
