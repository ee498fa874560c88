//! The language of patterns, and the machine that matches them.
//!
//! A pattern is a row of elements: a word or mark as it stands in lower case (`of`, `,`); a list, a kind of number or
//! a fragment (`<month>`), which is captured under its name or under another (`<first:day>`); a choice in round
//! brackets (`( to | - )`); `?` after an element that may be missing; and `_` where no space may stand.

use super::lexicon::{Lexicon, Value, words_of};
use super::numbers::{Scanner, Words};
use super::tokens::Tokens;

#[derive(Clone, Debug)]
enum Step {
    Word(Box<str>),
    List(u16, u16),
    Scan(Scanner, u16),
    /// The next token stands right after the last.
    Glue,
    /// Tries the step after it, then the given one.
    Split(usize),
    Jump(usize),
    End,
}

/// What a named part of a pattern matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Capture {
    /// Index of its name.
    pub(super) name: u16,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Value,
}

/// A match: the position after it, and its captures in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Match {
    pub(super) end: usize,
    pub(super) captures: Vec<Capture>,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    steps: Vec<Step>,
}

/// The ways a pattern may begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts {
    pub(super) words: Vec<Box<str>>,
    pub(super) digits: bool,
}

/// What patterns are compiled with: the lists, fragments by name, and the names of captures so far.
pub(super) struct Compiler<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) fragments: &'a std::collections::BTreeMap<String, String>,
    pub(super) names: &'a mut Vec<String>,
}

impl Compiler<'_> {
    /// Compiles a pattern, or says what is wrong with it.
    pub(super) fn compile(&mut self, pattern: &str) -> Result<Pattern, String> {
        let mut steps = Vec::new();
        let spaced =
            pattern.replace('(', " ( ").replace(')', " ) ").replace(") ?", ")?").replace(")  ?", ")?");
        let elements: Vec<&str> = spaced.split_whitespace().collect();
        let end = self.choice(&elements, 0, &mut steps)?;
        if end != elements.len() {
            return Err(format!("a bracket closes that never opened in {pattern:?}"));
        }
        steps.push(Step::End);
        Ok(Pattern { steps })
    }

    /// Alternatives up to a closing bracket or the end; gives the position of it.
    fn choice(&mut self, elements: &[&str], at: usize, steps: &mut Vec<Step>) -> Result<usize, String> {
        let mut ends = Vec::new();
        let mut at = at;
        loop {
            let split = steps.len();
            steps.push(Step::Split(0));
            at = self.row(elements, at, steps)?;
            if elements.get(at) != Some(&"|") {
                // The last alternative needs no way out.
                steps[split] = Step::Jump(split + 1);
                break;
            }
            ends.push(steps.len());
            steps.push(Step::Jump(0));
            steps[split] = Step::Split(steps.len());
            at += 1;
        }
        let after = steps.len();
        for end in ends {
            steps[end] = Step::Jump(after);
        }
        Ok(at)
    }

    fn row(&mut self, elements: &[&str], mut at: usize, steps: &mut Vec<Step>) -> Result<usize, String> {
        while let Some(&element) = elements.get(at) {
            let split = steps.len();
            let optional = match element {
                "|" | ")" | ")?" => return Ok(at),
                "(" => {
                    steps.push(Step::Jump(split + 1));
                    at = self.choice(elements, at + 1, steps)?;
                    let close = elements.get(at).ok_or("a bracket never closes")?;
                    *close == ")?"
                }
                _ => {
                    let bare = element.strip_suffix('?').filter(|bare| !bare.is_empty());
                    steps.push(Step::Jump(split + 1));
                    self.element(bare.unwrap_or(element), steps)?;
                    bare.is_some()
                }
            };
            if optional {
                steps[split] = Step::Split(steps.len());
            }
            at += 1;
        }
        Ok(at)
    }

    fn element(&mut self, element: &str, steps: &mut Vec<Step>) -> Result<(), String> {
        if element == "_" {
            steps.push(Step::Glue);
            return Ok(());
        }
        let Some(inner) = element.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
            steps.extend(words_of(element).into_iter().map(Step::Word));
            return Ok(());
        };
        let (name, kind) = inner.split_once(':').unwrap_or((inner, inner));
        if let Some(fragment) = self.fragments.get(kind) {
            let mut inside = self.compile(fragment)?.steps;
            inside.pop();
            let shift = steps.len();
            steps.extend(inside.into_iter().map(|step| match step {
                Step::Split(to) => Step::Split(to + shift),
                Step::Jump(to) => Step::Jump(to + shift),
                other => other,
            }));
            return Ok(());
        }
        let name = name_of(self.names, name);
        let step = match (Scanner::parse(kind), self.lexicon.list(kind)) {
            (Some(scanner), _) => Step::Scan(scanner, name),
            (None, Some(list)) => Step::List(list, name),
            (None, None) => return Err(format!("nothing is called {kind:?}")),
        };
        steps.push(step);
        Ok(())
    }
}

/// The index of a capture's name, which is new where it was not known.
pub(super) fn name_of(names: &mut Vec<String>, name: &str) -> u16 {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    at as u16
}

impl Pattern {
    /// The words and numbers that a match may begin with.
    pub(super) fn starts(&self, lexicon: &Lexicon, number_lists: &[u16]) -> Starts {
        let mut starts = Starts::default();
        let mut seen = vec![false; self.steps.len()];
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.steps[at] {
                Step::Word(word) => starts.words.push(word.clone()),
                Step::List(list, _) => starts.words.extend(lexicon.first_words(*list).map(Into::into)),
                Step::Scan(scanner, _) => {
                    starts.digits = true;
                    if scanner.reads_words() {
                        let lists = number_lists.iter().flat_map(|list| lexicon.first_words(*list));
                        starts.words.extend(lists.map(Into::into));
                        starts.words.push("a".into());
                    }
                }
                Step::Glue => open.push(at + 1),
                Step::Split(to) => open.extend([at + 1, *to]),
                Step::Jump(to) => open.push(*to),
                Step::End => {}
            }
        }
        starts.words.sort();
        starts.words.dedup();
        starts
    }

    /// The longest match at `at`, if it is longer than what `best` holds.
    pub(super) fn longest(&self, tokens: &Tokens, at: usize, words: &Words<'_>, best: &mut Match) -> bool {
        let mut run =
            Run { steps: &self.steps, tokens, words, captures: Vec::new(), best, found: false, until: None };
        run.from(0, at);
        run.found
    }

    /// Whether the pattern matches at `at`, however far.
    pub(super) fn matches(&self, tokens: &Tokens, at: usize, words: &Words<'_>) -> bool {
        self.longest(tokens, at, words, &mut Match { end: at, captures: Vec::new() })
    }

    /// Whether the pattern matches from `start` exactly to `end`.
    pub(super) fn spans(&self, tokens: &Tokens, start: usize, end: usize, words: &Words<'_>) -> bool {
        let mut best = Match { end: start, captures: Vec::new() };
        let mut run = Run {
            steps: &self.steps,
            tokens,
            words,
            captures: Vec::new(),
            best: &mut best,
            found: false,
            until: Some(end),
        };
        run.from(0, start);
        run.found
    }
}

struct Run<'a> {
    steps: &'a [Step],
    tokens: &'a Tokens,
    words: &'a Words<'a>,
    captures: Vec<Capture>,
    best: &'a mut Match,
    found: bool,
    /// Where a match must end.
    until: Option<usize>,
}

impl Run<'_> {
    /// Patterns have no loops, so that the work at one position is bounded.
    fn from(&mut self, mut step: usize, mut at: usize) {
        loop {
            match &self.steps[step] {
                Step::Word(word) => {
                    if !self.tokens.is(at, word) {
                        return;
                    }
                    at += 1;
                    step += 1;
                }
                Step::Glue => {
                    if !self.tokens.glued(at) {
                        return;
                    }
                    step += 1;
                }
                Step::List(list, name) => {
                    for (end, value) in self.words.lexicon.at(self.tokens, at, *list) {
                        self.with(Capture { name: *name, start: at, end, value }, step + 1);
                    }
                    return;
                }
                Step::Scan(scanner, name) => {
                    if let Some((end, value)) = scanner.scan(self.tokens, at, self.words) {
                        self.with(Capture { name: *name, start: at, end, value }, step + 1);
                    }
                    return;
                }
                Step::Split(to) => {
                    self.from(step + 1, at);
                    step = *to;
                }
                Step::Jump(to) => step = *to,
                Step::End => {
                    if at > self.best.end && self.until.is_none_or(|until| until == at) {
                        self.found = true;
                        self.best.end = at;
                        self.best.captures.clone_from(&self.captures);
                    }
                    return;
                }
            }
        }
    }

    fn with(&mut self, capture: Capture, step: usize) {
        let end = capture.end;
        self.captures.push(capture);
        self.from(step, end);
        self.captures.pop();
    }
}
