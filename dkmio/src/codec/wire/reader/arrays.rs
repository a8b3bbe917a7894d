//! The reader's arrays: lists of values and the elements of sets.

use super::cursor::Reader;
use crate::codec::wire::fault::{Fault, Token};

/// An array that has been entered.
pub(crate) struct Elements {
    /// `true` until the first element.
    is_first: bool,
}

impl Reader<'_> {
    /// Enters an array, whose elements [`Reader::next_element`] walks through.
    pub(crate) fn array(&mut self) -> Result<Elements, Fault> {
        self.expect(b'[', Token::Array)?;
        self.enter()?;
        Ok(Elements { is_first: true })
    }

    /// Enters a value of type L and its list, if they are written plainly. Does not move otherwise.
    #[inline]
    pub(in crate::codec::wire) fn plain_list(&mut self) -> Option<Elements> {
        let entered = self.enter_plainly(b"{\"L\":[");
        entered.then_some(Elements { is_first: true })
    }

    /// Goes to the next element, if only a comma comes before it. Does not move otherwise.
    #[inline(always)]
    pub(in crate::codec::wire) fn plain_element(&mut self, elements: &mut Elements) -> bool {
        let comma = !elements.is_first && self.text.as_bytes().get(self.position) == Some(&b',');
        self.position += usize::from(comma);
        comma
    }

    /// Goes to the next element. Returns `false` after the end of the array.
    #[inline]
    pub(crate) fn next_element(&mut self, elements: &mut Elements) -> Result<bool, Fault> {
        if elements.is_first {
            elements.is_first = false;
            if self.peek() != Some(b']') {
                return Ok(true);
            }
        } else if self.eat(b',') {
            return Ok(true);
        }
        self.expect(b']', Token::NextElementOrEnd)?;
        self.leave();
        Ok(false)
    }
}
