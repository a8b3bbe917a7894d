//! Turns the reader's faults into errors of serde's.

use crate::codec::error::CodecError;
use crate::codec::value_kind::ValueKind;
use crate::codec::wire::fault::Fault;
use crate::codec::wire::reader::Reader;

impl Reader<'_> {
    /// Remembers a fault and returns serde's error for it.
    #[cold]
    pub(super) fn fail(&mut self, fault: Fault) -> CodecError {
        self.remember(fault);
        fault.into()
    }

    pub(super) fn or_fail<T>(&mut self, result: Result<T, Fault>) -> Result<T, CodecError> {
        match result {
            Ok(value) => Ok(value),
            Err(fault) => Err(self.fail(fault)),
        }
    }

    /// Goes back to the start of a value, and returns the error that it has another type than `what`.
    #[cold]
    pub(super) fn mismatch(
        &mut self,
        what: &str,
        found: ValueKind,
        start: (usize, u32),
    ) -> CodecError {
        self.rewind(start.0, start.1);
        found.instead_of(what)
    }
}
