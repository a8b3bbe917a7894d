mod strings;

use self::strings::Span;
use super::fault::{Fault, FaultKind, Token};
use super::key_offsets::{KeyOffsets, NONE};
use super::learned::Learned;
use super::text;
use std::borrow::Cow;
use std::ops::Range;

/// The deepest nesting of objects and arrays that the SDK reads.
const MAX_DEPTH: u32 = 128;

/// The depth behind a fault.
const NO_DEPTH: u32 = u32::MAX;

/// A cursor over JSON that takes what the SDK's parser takes, and nothing else.
///
/// What the SDK does not look at, it does not check either: the escapes of names and strings that it skips.
pub(crate) struct Reader<'de> {
    text: &'de str,
    position: usize,
    /// The objects and arrays that are open here.
    depth: u32,
    /// The first fault, which no error of serde's can carry.
    fault: Option<Fault>,
    /// Some name comes twice in a map, and each map is looked through before it is read.
    refuses_repeats: bool,
    learned: Learned<'de>,
    watch: Option<KeyOffsets>,
    /// The place of the last plain name among those that are watched.
    watched: usize,
    /// Where escapes are resolved.
    room: Vec<u8>,
}

/// What stands before the content of a value whose type is one letter, as in `{"S":"…"}`.
const HEAD: usize = 6;

/// An object that is being read.
pub(crate) struct Members {
    first: bool,
}

/// An array that is being read.
pub(crate) struct Elements {
    first: bool,
}

impl<'de> Reader<'de> {
    /// Returns a reader of a response.
    pub(crate) fn new(bytes: &'de [u8]) -> Result<Self, Fault> {
        Self::at_depth(bytes, 0)
    }

    /// Returns a reader of an item, which may be as deep as one in a response to GetItem.
    pub(crate) fn of_item(bytes: &'de [u8]) -> Result<Self, Fault> {
        Self::at_depth(bytes, 1)
    }

    fn at_depth(bytes: &'de [u8], depth: u32) -> Result<Self, Fault> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::nested(text, depth)),
            Err(e) => Err(Fault::new(FaultKind::Utf8, e.valid_up_to())),
        }
    }

    /// Returns a reader of a part of a text, in which so many objects and arrays are open.
    pub(super) fn nested(text: &'de str, depth: u32) -> Self {
        Self {
            text,
            position: 0,
            depth,
            fault: None,
            refuses_repeats: false,
            learned: Learned::of(text.len()),
            watch: None,
            watched: NONE,
            room: Vec::new(),
        }
    }

    /// Returns the offset in bytes of what is read next.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// Goes back to where it stood before.
    pub(super) fn rewind(&mut self, position: usize, depth: u32) {
        self.position = position;
        self.depth = depth;
    }

    /// Returns the text between two positions.
    pub(crate) fn slice(&self, from: usize, to: usize) -> Result<&'de str, Fault> {
        self.text
            .get(from..to)
            .ok_or_else(|| Fault::new(FaultKind::Utf8, from))
    }

    /// Returns the bytes between two positions.
    pub(super) fn bytes(&self, range: Range<usize>) -> Option<&'de [u8]> {
        self.text.as_bytes().get(range)
    }

    pub(super) fn rest(&self) -> &'de [u8] {
        self.text
            .as_bytes()
            .get(self.position..)
            .unwrap_or_default()
    }

    pub(super) fn skip_bytes(&mut self, count: usize) {
        self.position += count;
    }

    #[cold]
    pub(crate) fn fault(&self, kind: FaultKind) -> Fault {
        Fault::new(kind, self.position.min(self.text.len()))
    }

    /// Remembers a fault, for serde's errors cannot carry it. The depth is none from now on, which is enough to look at.
    #[cold]
    pub(super) fn keep(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
        self.depth = NO_DEPTH;
    }

    /// Forgets the fault that is kept, and looks out for names that come twice, or no longer.
    pub(super) fn begin_again(&mut self, refuses_repeats: bool) {
        self.fault = None;
        self.refuses_repeats = refuses_repeats;
        if refuses_repeats {
            self.watch = None;
        }
    }

    /// Notes where the values of these attributes of the item stand, which is decoded next.
    pub(super) fn watch(&mut self, names: [&'static str; 2]) {
        if !self.watch.as_ref().is_some_and(|watch| watch.is_for(names)) {
            // What was learned does not say which of the names are these.
            self.learned.forget();
        }
        self.watch = Some(KeyOffsets::new(names, self.depth + 1));
    }

    /// Returns where the value of one of them begins, and where it ends; not all that came are noted.
    pub(super) fn watched(&self, place: usize) -> (Option<usize>, Option<usize>) {
        let watch = self.watch.as_ref();
        watch.map_or((None, None), |watch| watch.noted(place))
    }

    /// Whether attributes of the map that has just been entered are looked out for.
    #[inline]
    pub(super) fn is_watched(&self) -> bool {
        let watch = self.watch.as_ref();
        watch.is_some_and(|watch| watch.is_at(self.depth))
    }

    /// Notes the value of the plain name that has just been read, if it is one of these, and where the one before ended.
    #[inline(always)]
    pub(super) fn note_value(&mut self, before: usize) {
        if let Some(watch) = &mut self.watch {
            watch.end(before);
            watch.begin(self.watched, self.position);
        }
    }

    /// Notes where a value has ended; zero if that is not known.
    #[inline(always)]
    pub(super) fn note_end(&mut self, before: usize) {
        if let Some(watch) = &mut self.watch {
            watch.end(before);
        }
    }

    pub(super) fn refuses_repeats(&self) -> bool {
        self.refuses_repeats
    }

    pub(super) fn kept(&self) -> Option<Fault> {
        self.fault
    }

    /// Returns the next byte that is not white space.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.text.as_bytes().get(self.position) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek_behind_space(),
        }
    }

    #[cold]
    fn peek_behind_space(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.position) {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.position += 1,
                next => return next.copied(),
            }
        }
    }

    /// Goes past this punctuation, if it comes next.
    #[inline]
    pub(super) fn eat(&mut self, punctuation: u8) -> bool {
        let found = self.peek() == Some(punctuation);
        self.position += usize::from(found);
        found
    }

    #[inline]
    pub(super) fn expect(&mut self, punctuation: u8, token: Token) -> Result<(), Fault> {
        if self.eat(punctuation) {
            Ok(())
        } else {
            Err(self.fault(FaultKind::Expected(token)))
        }
    }

    /// Expects nothing but white space up to the end.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault(FaultKind::Expected(Token::End))),
        }
    }

    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fault(FaultKind::Depth));
        }
        self.depth += 1;
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Enters an object, whose members [`Reader::next_member`] walks through.
    pub(crate) fn object(&mut self) -> Result<Members, Fault> {
        self.expect(b'{', Token::Object)?;
        self.enter()?;
        Ok(Members { first: true })
    }

    /// Goes to the next member's value and returns its name; `None` behind the object's end.
    pub(crate) fn next_member(
        &mut self,
        members: &mut Members,
    ) -> Result<Option<Cow<'de, str>>, Fault> {
        if let Some(name) = self.plain_name(members) {
            return Ok(Some(Cow::Borrowed(name)));
        }
        let Some(name) = self.next_name(members)? else {
            return Ok(None);
        };
        let name = self.unescaped(name)?;
        self.expect(b':', Token::Colon)?;
        Ok(Some(name))
    }

    /// Reads a name as DynamoDB writes nearly every one, with what is around it: no white space, no escapes. Stays where it
    /// is, if it is written otherwise.
    #[inline(always)]
    pub(super) fn plain_name(&mut self, members: &mut Members) -> Option<&'de str> {
        let rest = self.text.as_bytes().get(self.position..)?;
        // The first member has no comma before it, and each other has one.
        match rest.first()? {
            b'"' if members.first => {}
            b',' if !members.first => {}
            _ => return None,
        }
        if let Some(known) = self.learned.expected(rest) {
            members.first = false;
            self.position += known.length();
            self.watched = known.watched;
            return Some(known.name);
        }
        self.other_name(rest, members)
    }

    /// Enters a value of type M and its map, as DynamoDB writes them. Stays where it is otherwise, and if names may come
    /// twice.
    #[inline]
    pub(super) fn plain_map(&mut self) -> Option<Members> {
        let entered = !self.refuses_repeats && self.enter_plainly(b"{\"M\":{");
        entered.then_some(Members { first: true })
    }

    /// Enters a value of type L and its list in the same way.
    #[inline]
    pub(super) fn plain_list(&mut self) -> Option<Elements> {
        let entered = self.enter_plainly(b"{\"L\":[");
        entered.then_some(Elements { first: true })
    }

    #[inline(always)]
    fn enter_plainly(&mut self, head: &[u8; HEAD]) -> bool {
        let begins = self.rest().first_chunk() == Some(head) && self.depth < MAX_DEPTH - 1;
        if begins {
            self.position += HEAD;
            self.depth += 2;
        }
        begins
    }

    /// Goes behind the end of an object, if it comes next.
    #[inline]
    pub(super) fn plain_end(&mut self) -> bool {
        let ends = self.text.as_bytes().get(self.position) == Some(&b'}');
        if ends {
            self.position += 1;
            self.leave();
        }
        ends
    }

    #[inline(never)]
    fn other_name(&mut self, rest: &'de [u8], members: &mut Members) -> Option<&'de str> {
        let (rest, before) = match rest {
            [b',', b'"', rest @ ..] => (rest, 2),
            [b'"', rest @ ..] => (rest, 1),
            _ => return None,
        };
        let length = text::run_up_to(rest, b"\":")?;
        let start = self.position + before;
        let end = start + length;
        let name = self.text.get(start..end)?;
        let watch = self.watch.as_ref();
        self.watched = watch.map_or(NONE, |watch| watch.place(name));
        if self.learned.learns() {
            let text = self.text.get(self.position..end + 2)?;
            self.learned.learn(text, name, self.watched);
        }
        members.first = false;
        self.position = end + 2;
        Some(name)
    }

    /// Goes behind the next member's name.
    pub(super) fn next_name(&mut self, members: &mut Members) -> Result<Option<Span<'de>>, Fault> {
        if !members.first {
            if self.eat(b',') {
                return self.span().map(Some);
            }
        } else {
            members.first = false;
            if self.peek() == Some(b'"') {
                return self.span().map(Some);
            }
        }
        self.expect(b'}', Token::NameOrEnd)?;
        self.leave();
        Ok(None)
    }

    /// Enters an array, whose elements [`Reader::next_element`] walks through.
    pub(crate) fn array(&mut self) -> Result<Elements, Fault> {
        self.expect(b'[', Token::Array)?;
        self.enter()?;
        Ok(Elements { first: true })
    }

    /// Goes to the next element in the one way that nearly every array is written; stays where it is otherwise.
    #[inline(always)]
    pub(super) fn plain_element(&mut self, elements: &mut Elements) -> bool {
        let comma = !elements.first && self.text.as_bytes().get(self.position) == Some(&b',');
        self.position += usize::from(comma);
        comma
    }

    /// Goes to the next element; `false` behind the array's end.
    #[inline]
    pub(crate) fn next_element(&mut self, elements: &mut Elements) -> Result<bool, Fault> {
        if elements.first {
            elements.first = false;
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

    /// Goes past `null`, if it comes next.
    pub(crate) fn null(&mut self) -> Result<bool, Fault> {
        if self.peek() != Some(b'n') {
            return Ok(false);
        }
        self.literal(b"null", Token::Null).map(|()| true)
    }

    pub(super) fn boolean(&mut self) -> Result<bool, Fault> {
        let value = self.peek() == Some(b't');
        self.literal(if value { b"true" } else { b"false" }, Token::Boolean)?;
        Ok(value)
    }

    pub(super) fn literal(&mut self, word: &[u8], token: Token) -> Result<(), Fault> {
        if !self.rest().starts_with(word) {
            return Err(self.fault(FaultKind::Expected(token)));
        }
        self.position += word.len();
        Ok(())
    }
}

impl Members {
    /// An object with a member before.
    pub(super) fn entered() -> Self {
        Self { first: false }
    }
}
