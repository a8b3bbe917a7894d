//! One attribute of an item or document.

use crate::parse::{Field, Record, SerdeDefault};
use crate::type_shape::{absence, option_argument, spelling};
use syn::{ExprPath, Ident, Path, Type, Visibility};

/// An attribute: a field that is stored under a name of its own.
pub(crate) struct Attribute {
    /// The field, its accessor and its marker are called the same.
    pub(crate) ident: Ident,
    /// The field's name without `r#`.
    pub(crate) name: String,
    pub(crate) vis: Visibility,
    /// The field's name in DynamoDB.
    pub(crate) wire: String,
    pub(crate) ty: Type,
    /// The type as a person would write it.
    pub(crate) spelling: String,
    /// `true` if the item still reads back without the attribute.
    pub(crate) removable: bool,
    pub(crate) document: bool,
    pub(crate) docs: Vec<syn::Attribute>,
    /// The field's attributes for serde, which the item types of indexes repeat.
    pub(crate) serde: Vec<syn::Attribute>,
    /// The function that tells whether serde leaves the field out.
    pub(crate) left_out: Option<ExprPath>,
    /// `true` if serde reads and writes the field by its type and name alone, except that it may leave the field out.
    pub(crate) plain: bool,
    /// The value that an absent attribute is read as.
    pub(crate) default: Option<DefaultValue>,
    /// The user's functions between the field and its wire form.
    pub(crate) adapter: Option<Adapter>,
    /// What the attribute is as a key, if its adapter says so in place of its type.
    pub(crate) adapted_key: Option<Path>,
}

/// The value that an absent attribute is read as.
pub(crate) enum DefaultValue {
    /// The default of the field's type.
    OfType,
    /// What this function returns.
    Call(ExprPath),
    /// The field of the struct's default.
    OfStruct,
    /// The field of the struct that this function returns.
    OfStructCall(ExprPath),
}

/// The functions of `#[serde(with)]`, `serialize_with` and `deserialize_with`; the type's own is used in place of a
/// missing one.
pub(crate) struct Adapter {
    pub(crate) serialize: Option<ExprPath>,
    pub(crate) deserialize: Option<ExprPath>,
}

impl Attribute {
    /// Resolves a field; returns `None` if it has no attribute on the wire.
    pub(super) fn resolve(record: &Record, field: &Field) -> Option<Self> {
        if field.serde.has_no_attribute() {
            return None;
        }
        let own_default = field.serde.default.as_ref().map(|default| match default {
            SerdeDefault::Trait => DefaultValue::OfType,
            SerdeDefault::Function(path) => DefaultValue::Call(path.clone()),
        });
        let struct_default = || {
            record.serde.default.as_ref().map(|default| match default {
                SerdeDefault::Trait => DefaultValue::OfStruct,
                SerdeDefault::Function(path) => DefaultValue::OfStructCall(path.clone()),
            })
        };
        let default = own_default.or_else(struct_default);
        // Serde reads an absent `Option` as `None`, but not through an adapter; a `Set` reads as empty.
        let adapter = adapter(field);
        let reads_absent = adapter.is_none() && absence(&field.ty).is_some();
        Some(Self {
            ident: field.ident.clone(),
            name: field.name(),
            vis: field.vis.clone(),
            wire: wire_name(record, field),
            ty: field.ty.clone(),
            spelling: spelling(&field.ty),
            // A version reads as 0.
            removable: reads_absent
                || field.version.is_some()
                || default.is_some()
                || field.serde.skip_deserializing.is_some(),
            // A key that is a document has been reported.
            document: field.document.is_some() && field.pk.or(field.sk).is_none(),
            docs: field.docs.clone(),
            serde: field.serde.attributes.clone(),
            left_out: field
                .serde
                .skip_serializing_if
                .as_ref()
                .map(|(_, path)| path.clone()),
            plain: !field.serde.special && default.is_none(),
            default,
            adapter,
            adapted_key: field.serde.key_of_adapter(record.krate.as_ref()),
        })
    }

    /// Returns the type that the attribute compares and sets as: the field's type, without `Option`.
    pub(crate) fn value_type(&self) -> &Type {
        option_argument(&self.ty).unwrap_or(&self.ty)
    }

    /// Returns whether the attribute, selected alone and absent, is read as a default.
    ///
    /// A document is not, because its handle opens it; nor is an attribute with an adapter, which reads its default by
    /// itself.
    pub(crate) fn reads_default(&self) -> bool {
        self.default.is_some() && self.adapter.is_none() && !self.document
    }

    pub(crate) fn is_optional(&self) -> bool {
        option_argument(&self.ty).is_some()
    }
}

/// Returns the field's name in DynamoDB: the one that serde gives it.
pub(crate) fn wire_name(record: &Record, field: &Field) -> String {
    if let Some(rename) = &field.serde.rename {
        return rename.value();
    }
    let name = field.name();
    match &record.serde.rename_all {
        Some((rule, _)) => rule.apply_to_field(&name),
        None => name,
    }
}

fn adapter(field: &Field) -> Option<Adapter> {
    let half = |whole: &str| {
        let (_, module) = field.serde.with.as_ref()?;
        let mut path = module.clone();
        path.path
            .segments
            .push(Ident::new(whole, proc_macro2::Span::call_site()).into());
        Some(path)
    };
    field.serde.adapter()?;
    Some(Adapter {
        serialize: half("serialize")
            .or_else(|| Some(field.serde.serialize_with.as_ref()?.1.clone())),
        deserialize: half("deserialize")
            .or_else(|| Some(field.serde.deserialize_with.as_ref()?.1.clone())),
    })
}
