use super::fault::{Fault, FaultKind, Token};
use super::learned::Learned;
use super::text;
use std::borrow::Cow;

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
    careful: bool,
    learned: Learned<'de>,
    watch: Option<Watch>,
    /// Where escapes are resolved.
    room: Vec<u8>,
}

/// Attributes of an item, of which is noted where their values stand while it is decoded.
#[derive(Clone, Copy)]
struct Watch {
    names: [&'static str; 2],
    /// Where the values begin and end; zero where that is not known.
    starts: [usize; 2],
    ends: [usize; 2],
    /// The one whose value the reader goes through, or none.
    open: usize,
    /// The depth of the item's attributes.
    depth: u32,
}

/// In [`Watch::open`].
const NONE: usize = usize::MAX;

/// An object that is being read.
pub(crate) struct Members {
    first: bool,
}

/// An array that is being read.
pub(crate) struct Elements {
    first: bool,
}

/// A string as it stands between its quotes.
#[derive(Clone, Copy)]
pub(super) struct Span<'de> {
    pub(super) text: &'de str,
    pub(super) escaped: bool,
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
            careful: false,
            learned: Learned::of(text.len()),
            watch: None,
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
    pub(super) fn begin_again(&mut self, careful: bool) {
        self.fault = None;
        self.careful = careful;
        if careful {
            self.watch = None;
        }
    }

    /// Notes where the values of these attributes of the item stand, which is decoded next.
    pub(super) fn watch(&mut self, names: [&'static str; 2]) {
        self.watch = Some(Watch {
            names,
            starts: [0; 2],
            ends: [0; 2],
            open: NONE,
            depth: self.depth + 1,
        });
    }

    /// Returns where the value of one of them begins, and where it ends; not all that came are noted.
    pub(super) fn watched(&self, index: usize) -> (Option<usize>, Option<usize>) {
        let noted = |places: [usize; 2]| places.get(index).copied().filter(|place| *place > 0);
        let watch = self.watch.as_ref();
        let start = watch.and_then(|watch| noted(watch.starts));
        (start, watch.and_then(|watch| noted(watch.ends)))
    }

    /// Whether attributes of the map that has just been entered are looked out for.
    #[inline]
    pub(super) fn is_watched(&self) -> bool {
        self.watch.is_some_and(|watch| watch.depth == self.depth)
    }

    /// Notes the attribute of this name, whose value comes next, and where the value before it has ended.
    #[inline(always)]
    pub(super) fn note_value(&mut self, name: &str, before: usize) {
        let position = self.position;
        self.note_end(before);
        if let Some(watch) = &mut self.watch {
            for (index, watched) in watch.names.iter().enumerate() {
                if *watched == name
                    && let Some(start) = watch.starts.get_mut(index)
                {
                    *start = position;
                    watch.open = index;
                }
            }
        }
    }

    /// Notes where a value has ended; zero if that is not known.
    #[inline(always)]
    pub(super) fn note_end(&mut self, before: usize) {
        if let Some(watch) = &mut self.watch
            && let Some(end) = watch.ends.get_mut(std::mem::replace(&mut watch.open, NONE))
        {
            *end = before;
        }
    }

    pub(super) fn is_careful(&self) -> bool {
        self.careful
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
        if let Some((name, length)) = self.learned.expected(rest) {
            members.first = false;
            self.position += length;
            return Some(name);
        }
        self.other_name(rest, members)
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
        if self.learned.learns() {
            self.learned
                .learn(self.text.get(self.position..end + 2)?, name);
        }
        members.first = false;
        self.position = end + 2;
        Some(name)
    }

    /// Reads a string without escapes that comes next. Stays where it is otherwise.
    #[inline]
    pub(super) fn plain_string(&mut self) -> Option<&'de str> {
        let (b'"', rest) = self.rest().split_first()? else {
            return None;
        };
        let length = text::run_up_to(rest, b"\"")?;
        let start = self.position + 1;
        let text = self.text.get(start..start + length)?;
        self.position = start + length + 1;
        Some(text)
    }

    /// Reads a string value as DynamoDB writes nearly every one, with what is around it. Stays where it is, if it is
    /// written otherwise, or of another type.
    #[inline(always)]
    pub(super) fn plain_text<const TAG: u8>(&mut self) -> Option<&'de str> {
        let rest = self.text.as_bytes().get(self.position..)?;
        let (head, content) = rest.split_first_chunk()?;
        if *head != [b'{', b'"', TAG, b'"', b':', b'"'] || self.depth >= MAX_DEPTH {
            return None;
        }
        let length = text::run_up_to(content, b"\"}")?;
        let start = self.position + head.len();
        let text = self.text.get(start..start + length)?;
        self.position = start + length + 2;
        Some(text)
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

    /// Reads a string: borrowed, unless it has escapes.
    pub(crate) fn string(&mut self) -> Result<Cow<'de, str>, Fault> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.other_string(),
        }
    }

    /// The same, if it does not stand there plainly.
    pub(super) fn other_string(&mut self) -> Result<Cow<'de, str>, Fault> {
        if let Some(text) = self.escaped_string() {
            return Ok(Cow::Owned(text));
        }
        let span = self.span()?;
        self.unescaped(span)
    }

    /// Reads a string with escapes that comes next. Stays where it is otherwise.
    fn escaped_string(&mut self) -> Option<String> {
        let start = self.position + 1;
        let text = self.text.get(self.position..)?.strip_prefix('"')?;
        let (resolved, length) = text::resolve_up_to_quote(text, &mut self.room)?;
        self.position = start + length + 1;
        Some(resolved.to_owned())
    }

    pub(super) fn unescaped(&self, span: Span<'de>) -> Result<Cow<'de, str>, Fault> {
        if span.escaped {
            self.resolve(span.text)
        } else {
            Ok(Cow::Borrowed(span.text))
        }
    }

    #[cold]
    fn resolve(&self, escaped: &str) -> Result<Cow<'de, str>, Fault> {
        text::unescape(escaped)
            .map(Cow::Owned)
            .map_err(|kind| self.fault(kind))
    }

    /// Goes behind a string.
    pub(super) fn span(&mut self) -> Result<Span<'de>, Fault> {
        self.expect(b'"', Token::String)?;
        let start = self.position;
        let mut escaped = false;
        loop {
            let rest = self.rest();
            let run = text::plain_run(rest);
            self.position += run;
            match rest.get(run) {
                Some(b'"') => break,
                // The byte after it is no quote that ends, whatever else it is.
                Some(b'\\') => {
                    escaped = true;
                    self.position += 2;
                }
                Some(_) => return Err(self.fault(FaultKind::Control)),
                None => return Err(self.fault(FaultKind::Expected(Token::Quote))),
            }
        }
        let text = self.slice(start, self.position)?;
        self.position += 1;
        Ok(Span { text, escaped })
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
