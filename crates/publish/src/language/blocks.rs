//! Lines into blocks.

use zhiheng_base::Diagnostic;

use super::{Call, Item, Piece, Source, Span, Text, Word, call, inline};

/// Deepest nesting of conditions.
const DEPTH_MAX: usize = 16;

/// Reads a body.
pub(super) fn parse(text: &Text<'_>) -> (Source, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let clean = without_comments(text, &mut problems);
    let mut reader = Reader {
        text,
        clean: &clean,
        at: 0,
        problems,
        title: None,
        open: vec![Part { condition: None, then: Vec::new(), otherwise: None }],
    };
    reader.run();
    let Reader { mut problems, title, mut open, .. } = reader;
    while open.len() > 1 {
        let part = open.pop().unwrap_or_default();
        if let Some(condition) = &part.condition {
            problems.push(Diagnostic::error("ZH6010").at(text.place(condition.span)));
        }
        if let (Some(item), Some(below)) = (part.into_item(), open.last_mut()) {
            below.items().push(item);
        }
    }
    if title.is_none() {
        problems.push(Diagnostic::warning("ZH6015").at(text.place(Span::new(0, 0))));
    }
    let items = open.pop().unwrap_or_default().then;
    (Source { title: title.unwrap_or_default(), items }, problems)
}

/// The body with comments replaced by spaces, so that places stay the same.
fn without_comments(text: &Text<'_>, problems: &mut Vec<Diagnostic>) -> String {
    let mut clean = text.body.to_owned();
    let mut from = 0;
    while let Some(start) = clean[from..].find("<!--").map(|at| from + at) {
        let end = clean[start..].find("-->").map(|at| start + at + 3);
        if end.is_none() {
            let open = Diagnostic::error("ZH6002").arg("what", "<!--");
            problems.push(open.at(text.place(Span::new(start, start + 4))));
        }
        let end = end.unwrap_or(clean.len());
        let blank: String = clean[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        clean.replace_range(start..end, &blank);
        from = end;
    }
    clean
}

/// Blocks under one condition; the outermost part has none.
#[derive(Default)]
struct Part {
    condition: Option<Call>,
    then: Vec<Item>,
    otherwise: Option<Vec<Item>>,
}

impl Part {
    fn items(&mut self) -> &mut Vec<Item> {
        self.otherwise.as_mut().unwrap_or(&mut self.then)
    }

    fn into_item(self) -> Option<Item> {
        Some(Item::If { condition: self.condition?, then: self.then, otherwise: self.otherwise })
    }
}

struct Reader<'a, 'b> {
    text: &'a Text<'b>,
    clean: &'a str,
    at: usize,
    problems: Vec<Diagnostic>,
    title: Option<Vec<Piece>>,
    open: Vec<Part>,
}

impl Reader<'_, '_> {
    fn run(&mut self) {
        while let Some(line) = self.line() {
            let source = &self.clean[line.start..line.end];
            let trimmed = source.trim();
            if trimmed.is_empty() {
                self.at = self.after(line);
            } else if trimmed.starts_with("::") {
                self.block_directive(line);
            } else if source.starts_with('#') {
                self.heading(line);
            } else if marker(source).is_some() {
                self.list();
            } else {
                self.paragraph();
            }
        }
    }

    /// The line at the cursor, without its end.
    fn line(&self) -> Option<Span> {
        if self.at >= self.clean.len() {
            return None;
        }
        let len = self.clean[self.at..].find('\n').unwrap_or(self.clean.len() - self.at);
        let end = self.at + self.clean[self.at..self.at + len].trim_end().len();
        Some(Span::new(self.at, end))
    }

    fn after(&self, line: Span) -> usize {
        self.clean[line.end..].find('\n').map_or(self.clean.len(), |at| line.end + at + 1)
    }

    fn push(&mut self, item: Item) {
        if let Some(part) = self.open.last_mut() {
            part.items().push(item);
        }
    }

    fn inline(&mut self, span: Span) -> Vec<Piece> {
        inline::parse(self.text, self.clean, span, &mut self.problems)
    }

    fn heading(&mut self, line: Span) {
        self.at = self.after(line);
        let source = &self.clean[line.start..line.end];
        let hashes = source.bytes().take_while(|&b| b == b'#').count();
        let mut rest = source[hashes..].trim();
        let numbered = !rest.ends_with("{-}");
        rest = rest.trim_end_matches("{-}").trim_end();
        let start = line.start + source.find(rest).unwrap_or(hashes);
        let text_span = Span::new(start, start + rest.len());
        if hashes == 1 && self.title.is_none() {
            self.title = Some(self.inline(text_span));
            return;
        }
        if hashes == 1 || hashes > 5 {
            self.problems.push(Diagnostic::error("ZH6016").at(self.text.place(line)));
        }
        let skip = written_number(rest);
        let text = self.inline(Span::new(text_span.start + skip, text_span.end));
        let level = hashes.saturating_sub(1).clamp(1, 4) as u8;
        self.push(Item::Heading { level, numbered, text });
    }

    fn list(&mut self) {
        let mut items: Vec<Span> = Vec::new();
        let mut ordered = None;
        while let Some(line) = self.line() {
            let source = &self.clean[line.start..line.end];
            match marker(source) {
                Some((is_ordered, skip)) if ordered.is_none_or(|o| o == is_ordered) => {
                    ordered = Some(is_ordered);
                    items.push(Span::new(line.start + skip, line.end));
                }
                None if source.starts_with("  ") && !source.trim().is_empty() => {
                    if let Some(item) = items.last_mut() {
                        item.end = line.end;
                    }
                }
                _ => break,
            }
            self.at = self.after(line);
        }
        let items = items.into_iter().map(|span| self.inline(span)).collect();
        self.push(Item::List { ordered: ordered.unwrap_or(false), items });
    }

    fn paragraph(&mut self) {
        let mut whole: Option<Span> = None;
        while let Some(line) = self.line() {
            let source = &self.clean[line.start..line.end];
            let ends = source.trim().is_empty()
                || source.starts_with('#')
                || source.trim_start().starts_with("::")
                || (whole.is_some() && marker(source).is_some());
            if ends {
                break;
            }
            self.foreign(source, line);
            let start = line.start + (source.len() - source.trim_start().len());
            whole = Some(whole.map_or(Span::new(start, line.end), |span| span.to(line)));
            self.at = self.after(line);
        }
        if let Some(span) = whole {
            let pieces = self.inline(span);
            self.push(Item::Paragraph(pieces));
        }
    }

    /// Warns of Markdown and HTML that the language does not have.
    fn foreign(&mut self, source: &str, line: Span) {
        let start = source.trim_start();
        let what = if start.starts_with("```") {
            "```"
        } else if start.starts_with('|') {
            "|"
        } else if start.starts_with('>') {
            ">"
        } else if source.contains("![") {
            "!["
        } else if source.contains("](") {
            "]("
        } else if start.starts_with('<') {
            "<"
        } else {
            return;
        };
        let at = line.start + source.find(what).unwrap_or(0);
        let place = self.text.place(Span::new(at, at + what.len()));
        self.problems.push(Diagnostic::warning("ZH6009").arg("what", what).at(place));
    }

    fn block_directive(&mut self, line: Span) {
        let start = line.start + self.clean[line.start..line.end].find("::").unwrap_or(0);
        let rest = &self.clean[start + 2..];
        let name_len =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        let name = Word { text: rest[..name_len].to_owned(), span: Span::new(start, start + 2 + name_len) };
        let after_name = start + 2 + name_len;
        let gap =
            self.clean[after_name..].len() - self.clean[after_name..].trim_start_matches([' ', '\t']).len();
        let (inside, end) = if self.clean[after_name + gap..].starts_with('{') {
            let open = after_name + gap;
            let Some(len) = closing_brace(&self.clean[open + 1..]) else {
                let problem = Diagnostic::error("ZH6002").arg("what", "{");
                self.problems.push(problem.at(self.text.place(Span::new(start, line.end))));
                self.at = self.after(line);
                return;
            };
            (Span::new(open + 1, open + 1 + len), open + len + 2)
        } else {
            (Span::new(after_name, after_name), after_name)
        };
        let whole = Span::new(start, end);
        let tail_end = self.clean[end..].find('\n').map_or(self.clean.len(), |at| end + at);
        if let Some(tail) = self.clean.get(end..tail_end).map(str::trim).filter(|tail| !tail.is_empty()) {
            let at = end + self.clean[end..tail_end].find(tail).unwrap_or(0);
            let problem = Diagnostic::error("ZH6003").arg("found", tail);
            self.problems.push(problem.at(self.text.place(Span::new(at, at + tail.len()))));
        }
        self.at = (tail_end + 1).min(self.clean.len());
        if let Some(call) = call::read(self.text, inside, whole, Some(name), &mut self.problems) {
            self.take(call);
        }
    }

    fn take(&mut self, call: Call) {
        match call.name.text.as_str() {
            "pagebreak" => self.push(Item::PageBreak),
            "if" if self.open.len() > DEPTH_MAX => {
                let deep = Diagnostic::error("ZH6014").arg("most", DEPTH_MAX);
                self.problems.push(deep.at(self.text.place(call.span)));
                // Kept open all the same, so that its `::end` finds it.
                self.open.push(Part { condition: Some(call), ..Part::default() });
            }
            "if" => self.open.push(Part { condition: Some(call), ..Part::default() }),
            "else" | "end" if self.open.len() < 2 => {
                let alone = Diagnostic::error("ZH6011").arg("name", &call.name.text);
                self.problems.push(alone.at(self.text.place(call.span)));
            }
            "else" => {
                if let Some(part) = self.open.last_mut() {
                    if part.otherwise.is_some() {
                        let again = Diagnostic::error("ZH6011").arg("name", &call.name.text);
                        self.problems.push(again.at(self.text.place(call.span)));
                    } else {
                        part.otherwise = Some(Vec::new());
                    }
                }
            }
            "end" => {
                if let Some(item) = self.open.pop().and_then(Part::into_item) {
                    self.push(item);
                }
            }
            _ => self.push(Item::Call(call)),
        }
    }
}

/// A list marker: whether it numbers, and the bytes up to the text.
fn marker(line: &str) -> Option<(bool, usize)> {
    if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some((false, line.len() - rest.trim_start().len()));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(". ")?;
    (1..=3).contains(&digits).then(|| (true, line.len() - rest.trim_start().len()))
}

/// Length of what stands before the `}` that closes, quoted text passed over.
fn closing_brace(rest: &str) -> Option<usize> {
    // An empty line ends a directive that was forgotten to close.
    let rest = rest.find("\n\n").map_or(rest, |at| &rest[..at]);
    let mut quoted = false;
    rest.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == '}' && !quoted).then_some(at)
    })
}

/// Bytes of a number that was written before a heading, in one of the four official forms.
fn written_number(heading: &str) -> usize {
    const DIGITS: &str = "\u{4E00}\u{4E8C}\u{4E09}\u{56DB}\u{4E94}\u{516D}\u{4E03}\u{516B}\u{4E5D}\u{5341}";
    let is_digit = |c: char| DIGITS.contains(c) || c.is_ascii_digit();
    let body = heading.trim_start_matches(is_digit);
    let n = heading.len() - body.len();
    if n > 0 {
        let first_is_ascii = heading.starts_with(|c: char| c.is_ascii_digit());
        let mark = if first_is_ascii { body.strip_prefix(". ") } else { body.strip_prefix('\u{3001}') };
        return mark.map_or(0, |rest| heading.len() - rest.trim_start().len());
    }
    let Some(inner) = heading.strip_prefix(['\u{FF08}', '(']) else { return 0 };
    let rest = inner.trim_start_matches(is_digit);
    match rest.strip_prefix(['\u{FF09}', ')']) {
        Some(rest_of) if rest.len() < inner.len() => heading.len() - rest_of.trim_start().len(),
        _ => 0,
    }
}
