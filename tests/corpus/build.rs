//! From the syntax tree of an expression to dkmio's expression layer.

use crate::case::{Ast, Case, Clause, Node, Step};
use crate::reason::Reason;
use crate::value::Value;
use dkmio::expr::{Expression, KeyCondition, Projection, SizeOf, Term, Update};
use dkmio::{AttributeType, Condition, DynAttr, Path};
use std::fmt;

/// Why there is no expression to send.
#[derive(Debug)]
pub(crate) enum Unbuilt {
    /// dkmio's types cannot express it.
    Inexpressible(Reason),
    /// dkmio refuses it before sending.
    Refused(dkmio::Error),
    /// The syntax tree has something that this test does not know: to be added here, or to dkmio.
    Unknown(String),
}

impl fmt::Display for Unbuilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inexpressible(reason) => f.write_str(reason.text()),
            Self::Refused(error) => write!(f, "refused: {error}"),
            Self::Unknown(what) => {
                write!(f, "the syntax tree has what the test does not know: {what}")
            }
        }
    }
}

type Built<T> = Result<T, Unbuilt>;

fn unknown<T>(what: impl fmt::Debug) -> Built<T> {
    Err(Unbuilt::Unknown(format!("{what:?}")))
}

/// Builds the expressions of one request, whose names in the case begin with `scope`.
pub(crate) fn expression(case: &Case, scope: &str) -> Built<Expression> {
    let mut builder = Expression::builder();
    for (name, recorded) in &case.expressions {
        let field = match name.strip_prefix(scope) {
            Some(field) if !field.contains('.') => field,
            _ => continue,
        };
        let Some(ast) = &recorded.ast else {
            return Err(Unbuilt::Inexpressible(Reason::Syntax));
        };
        builder = match (field, ast) {
            ("KeyConditionExpression", Ast::Condition(node)) => {
                builder.key_condition(key_condition(node)?)
            }
            ("ConditionExpression", Ast::Condition(node)) => builder.condition(condition(node)?),
            ("FilterExpression", Ast::Condition(node)) => builder.filter(condition(node)?),
            ("UpdateExpression", Ast::Update(clauses)) => builder.update(update(clauses)?),
            ("ProjectionExpression", Ast::Projection(paths)) => {
                let attributes: Vec<_> =
                    paths.iter().map(|p| attribute(p)).collect::<Built<_>>()?;
                builder.projection(Projection::new(attributes))
            }
            other => return unknown(other),
        };
    }
    builder.build().map_err(Unbuilt::Refused)
}

fn attribute(path: &[Step]) -> Built<DynAttr> {
    let [Step::Name(root), steps @ ..] = path else {
        return unknown(path);
    };
    let root = DynAttr::from(Path::root(root.clone()));
    Ok(steps.iter().fold(root, |attribute, step| match step {
        Step::Name(name) => attribute.entry(name),
        Step::Index(index) => attribute.at(*index),
    }))
}

/// What stands on the left of an operator: people write it by its attribute where there is one.
enum Left {
    Attribute(DynAttr),
    Size(SizeOf),
    Term(Term),
}

macro_rules! on_left {
    ($left:expr, $method:ident($($argument:expr),*)) => {
        match $left {
            Left::Attribute(left) => left.$method($($argument),*),
            Left::Size(left) => left.$method($($argument),*),
            Left::Term(left) => left.$method($($argument),*),
        }
    };
}

fn left(node: &Node) -> Built<Left> {
    Ok(match node {
        Node::Path { path } => Left::Attribute(attribute(path)?),
        Node::Call { function, args } if function == "size" => Left::Size(size(args)?),
        _ => Left::Term(term(node)?),
    })
}

fn size(arguments: &[Node]) -> Built<SizeOf> {
    match arguments {
        [Node::Path { path }] => Ok(attribute(path)?.size()),
        _ => unknown(("size", arguments)),
    }
}

fn condition(node: &Node) -> Built<Condition> {
    Ok(match node {
        Node::Unary { op, arg } => match op.as_str() {
            "paren" => condition(arg)?,
            "not" => !condition(arg)?,
            _ => return unknown(node),
        },
        Node::Joined { op, args } => {
            let conditions: Vec<_> = args.iter().map(condition).collect::<Built<_>>()?;
            match op.as_str() {
                "and" => Condition::all(conditions),
                "or" => Condition::any(conditions),
                _ => return unknown(node),
            }
        }
        Node::Binary { op, l, r } => {
            let (l, r) = (left(l)?, term(r)?);
            match op.as_str() {
                "=" => on_left!(l, eq(r)),
                "<>" => on_left!(l, ne(r)),
                "<" => on_left!(l, lt(r)),
                "<=" => on_left!(l, le(r)),
                ">" => on_left!(l, gt(r)),
                ">=" => on_left!(l, ge(r)),
                _ => return unknown(node),
            }
        }
        Node::Between { arg, lo, hi } => on_left!(left(arg)?, between(term(lo)?, term(hi)?)),
        Node::In { arg, list } => {
            let values: Vec<_> = list.iter().map(term).collect::<Built<_>>()?;
            on_left!(left(arg)?, is_in(values))
        }
        Node::Call { function, args } => call(function, args)?,
        Node::Path { .. } | Node::Literal { .. } => return unknown(node),
    })
}

fn call(function: &str, arguments: &[Node]) -> Built<Condition> {
    Ok(match (function, arguments) {
        ("attribute_exists", [Node::Path { path }]) => attribute(path)?.exists(),
        ("attribute_not_exists", [Node::Path { path }]) => attribute(path)?.not_exists(),
        ("attribute_type", [Node::Path { path }, Node::Literal { value }]) => {
            attribute(path)?.attribute_type(attribute_type(value)?)
        }
        ("begins_with", [Node::Path { path }, prefix]) => {
            attribute(path)?.begins_with(term(prefix)?)
        }
        ("begins_with", [whole, prefix]) => term(whole)?.begins_with(term(prefix)?),
        ("contains", [Node::Path { path }, element]) => attribute(path)?.contains(term(element)?),
        ("contains", [whole, element]) => term(whole)?.contains(term(element)?),
        other => return unknown(other),
    })
}

fn attribute_type(value: &Value) -> Built<AttributeType> {
    use AttributeType::{B, Bool, Bs, L, M, N, Ns, Null, S, Ss};
    let types = [S, N, B, Bool, Null, L, M, Ss, Ns, Bs];
    let named = |t: &AttributeType| *value == Value::S(t.as_str().to_owned());
    match types.into_iter().find(named) {
        Some(attribute_type) => Ok(attribute_type),
        None => unknown(value),
    }
}

fn term(node: &Node) -> Built<Term> {
    Ok(match node {
        Node::Path { path } => attribute(path)?.into(),
        Node::Literal { value } => Term::value(value),
        Node::Binary { op, l, r } => match op.as_str() {
            "+" => term(l)? + term(r)?,
            "-" => term(l)? - term(r)?,
            _ => return unknown(node),
        },
        Node::Call { function, args } => match (function.as_str(), args.as_slice()) {
            ("size", arguments) => size(arguments)?.into(),
            ("if_not_exists", [Node::Path { path }, otherwise]) => {
                attribute(path)?.if_not_exists(term(otherwise)?).into()
            }
            ("list_append", [first, second]) => Term::list_append(term(first)?, term(second)?),
            other => return unknown(other),
        },
        _ => return unknown(node),
    })
}

fn update(clauses: &[Clause]) -> Built<Update> {
    clauses.iter().try_fold(Update::new(), |update, clause| {
        let attribute = attribute(&clause.path)?;
        Ok(match (clause.action.as_str(), &clause.value) {
            ("SET", Some(value)) => update.set(attribute, term(value)?),
            ("REMOVE", None) => update.remove(attribute),
            ("ADD", Some(value)) => update.add(attribute, term(value)?),
            ("DELETE", Some(value)) => update.delete(attribute, term(value)?),
            _ => return unknown(clause),
        })
    })
}

/// A key condition is a list of conditions on names. One of them is an equality: of the partition key, if it is valid.
fn key_condition(node: &Node) -> Built<KeyCondition> {
    let mut parts = Vec::new();
    conjuncts(node, &mut parts);
    let mut partition = None;
    let mut rest = Vec::new();
    for part in parts {
        match (&partition, equality(part)) {
            (None, Some((name, value))) => partition = Some(KeyCondition::partition(name, value)),
            _ => rest.push(part),
        }
    }
    let Some(partition) = partition else {
        return Err(Unbuilt::Inexpressible(Reason::NoEquality));
    };
    rest.into_iter().try_fold(partition, key_part)
}

fn conjuncts<'a>(node: &'a Node, parts: &mut Vec<&'a Node>) {
    match node {
        Node::Joined { op, args } if op == "and" => {
            args.iter().for_each(|arg| conjuncts(arg, parts));
        }
        Node::Unary { op, arg } if op == "paren" => conjuncts(arg, parts),
        other => parts.push(other),
    }
}

fn equality(node: &Node) -> Option<(String, &Value)> {
    match node {
        Node::Binary { op, l, r } if op == "=" => operands(l, r).or_else(|| operands(r, l)),
        _ => None,
    }
}

fn operands<'a>(path: &Node, literal: &'a Node) -> Option<(String, &'a Value)> {
    match (path, literal) {
        (Node::Path { path }, Node::Literal { value }) => match path.as_slice() {
            [Step::Name(name)] => Some((name.clone(), value)),
            _ => None,
        },
        _ => None,
    }
}

fn key_part(key: KeyCondition, node: &Node) -> Built<KeyCondition> {
    Ok(match node {
        Node::Binary { op, l, r } => match (op.as_str(), operands(l, r), operands(r, l)) {
            ("=", Some((name, value)), _) | ("=", _, Some((name, value))) => key.eq(name, value),
            ("<", Some((name, value)), _) | (">", _, Some((name, value))) => key.lt(name, value),
            ("<=", Some((name, value)), _) | (">=", _, Some((name, value))) => key.le(name, value),
            (">", Some((name, value)), _) | ("<", _, Some((name, value))) => key.gt(name, value),
            (">=", Some((name, value)), _) | ("<=", _, Some((name, value))) => key.ge(name, value),
            _ => return unknown(node),
        },
        Node::Between { arg, lo, hi } => match (operands(arg, lo), operands(arg, hi)) {
            (Some((name, low)), Some((_, high))) => key.between(name, low, high),
            _ => return unknown(node),
        },
        Node::Call { function, args } => match (function.as_str(), args.as_slice()) {
            ("begins_with", [path, literal]) => match operands(path, literal) {
                Some((name, prefix)) => key.begins_with(name, prefix),
                None => return unknown(node),
            },
            _ => return unknown(node),
        },
        _ => return unknown(node),
    })
}
