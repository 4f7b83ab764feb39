//! Quotes and brackets: where they open and close.

/// What is open at a place in a value.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The brackets, outermost first.
    brackets: Vec<char>,
    quote: Option<char>,
    /// Whether a value may begin here.
    fresh: bool,
    /// Where the value ended, in bytes of the last line.
    pub(super) end: Option<usize>,
}

impl State {
    /// Returns what is open after the first line of a value.
    pub(super) fn of(value: &str) -> State {
        let mut state = State { fresh: true, ..State::default() };
        if value.starts_with(['"', '\'', '[', '{']) {
            state.line(value);
        }
        state
    }

    /// Returns the quote or else the innermost bracket that is open.
    pub(super) fn open(&self) -> Option<char> {
        self.quote.or(self.brackets.last().copied())
    }

    /// Goes on with a line.
    pub(super) fn line(&mut self, line: &str) {
        let mut letters = line.char_indices().peekable();
        let mut before = ' ';
        while let Some((at, letter)) = letters.next() {
            if self.end.is_some() {
                return;
            }
            match (self.quote, letter) {
                (Some('"'), '\\') => _ = letters.next(),
                (Some('\''), '\'') if letters.peek().is_some_and(|it| it.1 == '\'') => _ = letters.next(),
                (Some(quote), it) if it == quote => {
                    self.quote = None;
                    self.close(at + 1);
                }
                (Some(_), _) => {}
                (None, '#') if before.is_whitespace() => return,
                (None, it) => self.plain(it, at),
            }
            before = letter;
        }
    }

    fn plain(&mut self, letter: char, at: usize) {
        match letter {
            '"' | '\'' if self.fresh => self.quote = Some(letter),
            '[' | '{' if self.fresh => self.brackets.push(letter),
            ']' | '}' => {
                self.brackets.pop();
                self.close(at + 1);
            }
            _ => {}
        }
        self.fresh = matches!(letter, '[' | '{' | ',' | ':') || letter.is_whitespace() && self.fresh;
    }

    fn close(&mut self, end: usize) {
        self.fresh = false;
        if self.brackets.is_empty() {
            self.end = Some(end);
        }
    }
}

/// Splits what stands between brackets at its commas; quotes and inner brackets stay whole. Gives offsets in bytes.
pub(super) fn pieces(inner: &str) -> Vec<(usize, &str)> {
    let mut state = State { fresh: true, brackets: vec!['['], ..State::default() };
    let (mut pieces, mut from) = (Vec::new(), 0);
    for (at, letter) in inner.char_indices() {
        if letter == ',' && state.quote.is_none() && state.brackets.len() <= 1 {
            pieces.push((from, &inner[from..at]));
            from = at + 1;
        }
        match (state.quote, letter) {
            (Some(quote), it) if it == quote => state.quote = None,
            (Some(_), _) => {}
            (None, it) => state.plain(it, at),
        }
        state.end = None;
    }
    pieces.push((from, &inner[from..]));
    pieces
}
