//! DynamoDB JSON with all that JSON permits, and now and then more.

use super::Source;
use dkmio::{AttributeValue, Item};

/// Writes an item with white space, escapes and members that do not count.
pub fn render(item: &Item, source: &mut Source<'_>) -> String {
    let mut writer = Writer {
        json: String::new(),
        source,
        faults: false,
    };
    writer.item(item);
    writer.json
}

/// Makes an item up, valid for the most part.
pub fn item_json(source: &mut Source<'_>) -> String {
    let mut writer = Writer {
        json: String::new(),
        source,
        faults: true,
    };
    writer.made_up_map(0);
    writer.json
}

struct Writer<'a, 'b> {
    json: String,
    source: &'a mut Source<'b>,
    faults: bool,
}

impl Writer<'_, '_> {
    fn space(&mut self) {
        if self.source.rarely(6) {
            let space = self.source.one_of(&[" ", "\n", "\t\r ", "  "]);
            self.json.push_str(space);
        }
        if self.faults && self.source.rarely(200) {
            let fault = self.source.one_of(&[
                "\u{a0}", ",", "}", "{", "\"", "null", "1", ":", "]", "\u{0}",
            ]);
            self.json.push_str(fault);
        }
    }

    fn token(&mut self, token: &str) {
        self.space();
        self.json.push_str(token);
    }

    fn string(&mut self, text: &str) {
        self.space();
        self.json.push('"');
        for char in text.chars() {
            let must = char == '"' || char == '\\' || char < ' ';
            if must || self.source.rarely(8) {
                self.escape(char);
            } else {
                self.json.push(char);
            }
        }
        if self.faults && self.source.rarely(100) {
            let fault = self.source.one_of(&[
                "\\x",
                "\\u12",
                "\\ud83d",
                "\\ude00",
                "\\ud83d\\u0041",
                "\n",
                "\\",
                "\\u+123",
                "\\\u{1}",
            ]);
            self.json.push_str(fault);
        }
        self.json.push('"');
    }

    fn escape(&mut self, char: char) {
        let short = match char {
            '"' | '\\' | '/' => Some(char),
            '\n' => Some('n'),
            '\r' => Some('r'),
            '\t' => Some('t'),
            '\u{8}' => Some('b'),
            '\u{c}' => Some('f'),
            _ => None,
        };
        match short {
            Some(short) if !self.source.rarely(3) => self.json.extend(['\\', short]),
            _ => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    let upper = self.source.rarely(2);
                    self.json.push_str(&if upper {
                        format!("\\u{unit:04X}")
                    } else {
                        format!("\\u{unit:04x}")
                    });
                }
            }
        }
    }

    fn list<T>(&mut self, all: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.token("[");
        for (index, one) in all.iter().enumerate() {
            if index > 0 {
                self.token(",");
            }
            write(self, one);
        }
        self.token("]");
    }

    fn item(&mut self, item: &Item) {
        self.token("{");
        for (index, (name, value)) in item.iter().enumerate() {
            if index > 0 {
                self.token(",");
            }
            self.string(name);
            self.token(":");
            self.value(value);
        }
        self.token("}");
    }

    fn value(&mut self, value: &AttributeValue) {
        use AttributeValue as Av;
        self.token("{");
        if self.source.rarely(12) {
            self.passed_over();
            self.token(",");
        }
        let tag = match value {
            Av::S(_) => "S",
            Av::N(_) => "N",
            Av::B(_) => "B",
            Av::Bool(_) => "BOOL",
            Av::Null(_) => "NULL",
            Av::L(_) => "L",
            Av::M(_) => "M",
            Av::Ss(_) => "SS",
            Av::Ns(_) => "NS",
            _ => "BS",
        };
        self.string(tag);
        self.token(":");
        match value {
            Av::S(text) | Av::N(text) => self.string(text),
            Av::B(data) => self.binary(data.as_ref()),
            Av::Bool(value) | Av::Null(value) => self.token(&value.to_string()),
            Av::L(elements) => self.list(elements, |w, e| w.value(e)),
            Av::M(entries) => self.item(entries),
            Av::Ss(elements) | Av::Ns(elements) => self.list(elements, |w, e| w.string(e)),
            Av::Bs(elements) => self.list(elements, |w, e| w.binary(e.as_ref())),
            _ => unreachable!("no value of an unknown type can be made"),
        }
        if self.source.rarely(12) {
            self.token(",");
            self.passed_over();
        }
        self.token("}");
    }

    fn binary(&mut self, data: &[u8]) {
        let text = aws_smithy_types::base64::encode(data);
        self.token(&format!("\"{text}\""));
    }

    /// A member that the SDK does not count.
    fn passed_over(&mut self) {
        let member = self.source.one_of(&[
            "\"N\":null",
            "\"x\" : null",
            "\"\\x\":null",
            "\"__type\":\"S\"",
            "\"__type\":{\"a\":[1,-2.5e3,{},\"\\x\"],\"b\":true}",
            "\"__type\":01",
            "\"\\u005f_type\":null",
        ]);
        self.token(member);
    }

    fn made_up_map(&mut self, depth: usize) {
        self.token("{");
        let count = if self.source.rarely(40) {
            20
        } else {
            self.source.below(6)
        };
        for index in 0..count {
            if index > 0 {
                self.token(",");
            }
            let name = self.source.name();
            self.string(&name);
            self.token(":");
            self.made_up_value(depth + 1);
        }
        self.token("}");
    }

    fn made_up_value(&mut self, depth: usize) {
        if self.source.rarely(150) {
            return self.token("null");
        }
        self.token("{");
        if self.source.rarely(30) {
            self.passed_over();
            self.token(",");
        }
        let flat = depth > 6 || self.source.is_empty();
        match self.source.below(if flat { 10 } else { 20 }) {
            0 => self.member("S", |w| {
                let text = w.source.text();
                w.string(&text);
            }),
            1 | 2 => self.member("N", |w| {
                let number = w.source.number();
                w.string(&number);
            }),
            3 => self.member("B", |w| match w.source.below(4) {
                0 => {
                    let text = w.source.text();
                    w.string(&text);
                }
                1 => w.token("\"QQ==\""),
                _ => {
                    let data = w.source.bytes(8);
                    w.binary(&data);
                }
            }),
            4 => self.member("BOOL", Self::boolean),
            5 => self.member("NULL", Self::boolean),
            6 => self.member("SS", |w| {
                let all: Vec<String> = (0..w.source.below(4)).map(|_| w.source.text()).collect();
                w.list(&all, |w, e| w.string(e));
            }),
            7 => self.member("NS", |w| {
                let all: Vec<String> = (0..w.source.below(4)).map(|_| w.source.number()).collect();
                w.list(&all, |w, e| w.string(e));
            }),
            8 => self.member("BS", |w| {
                let all: Vec<Vec<u8>> = (0..w.source.below(4)).map(|_| w.source.bytes(4)).collect();
                w.list(&all, |w, e| w.binary(e));
            }),
            9 => match self.source.below(8) {
                0 => self.member("X", |w| w.token("[1, {\"a\": null}]")),
                1 => self.member("S", |w| w.token("null")),
                2 => self.passed_over(),
                3 => {
                    self.member("S", |w| w.token("\"a\""));
                    self.token(",");
                    self.member("N", |w| w.token("\"1\""));
                }
                4 => self.member("S", |w| w.token("5")),
                _ => self.member("S", |w| {
                    let name = w.source.name();
                    w.string(&name);
                }),
            },
            10..15 => self.member("L", |w| {
                let count = w.source.below(4);
                w.list(&vec![(); count], |w, ()| w.made_up_value(depth + 1));
            }),
            _ => self.member("M", |w| w.made_up_map(depth + 1)),
        }
        if self.source.rarely(30) {
            self.token(",");
            self.passed_over();
        }
        self.token("}");
    }

    fn member(&mut self, tag: &str, value: impl FnOnce(&mut Self)) {
        if self.source.rarely(20) {
            self.string(tag);
        } else {
            self.json.push_str(&format!("\"{tag}\""));
        }
        self.token(":");
        value(self);
    }

    fn boolean(&mut self) {
        let value = self
            .source
            .one_of(&["true", "false", "true", "false", "truex", "1"]);
        self.token(value);
    }
}
