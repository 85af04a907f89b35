//! What a path model asks: which items measure which construct, and which construct drives which.
//!
//! **What it answers.** Nothing by itself: it is the question put to [`super::fit`].
//!
//! **Source.** Wold (1982); Lohmöller, J.-B. (1989), *Latent Variable Path Modeling with Partial Least Squares*,
//! chapter 2; Tenenhaus, Esposito Vinzi, Chatelin and Lauro (2005), *Computational Statistics & Data Analysis*
//! 48:159–205. The customer satisfaction model: GB/T 19038-2009.
//!
//! **When not to use it.** Loops (satisfaction drives image drives satisfaction) have no effects in total and
//! are refused.

use std::ops::Range;

use crate::refusal::{Refusal, at_least};

/// How the items of a construct get their weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Mode A: a composite with correlation weights; items reflect one thing.
    A,
    /// Mode B: a composite with regression weights; items make up one thing.
    B,
    /// A common factor: mode A, then corrected for unreliability (consistent PLS).
    Factor,
    /// All items count alike.
    Sum,
}

/// A construct (latent variable) and its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Name of the construct.
    pub name: String,
    /// Columns of its items in the data.
    pub items: Vec<usize>,
    /// How they get their weights.
    pub mode: Mode,
}

/// A checked path model. Items are numbered block by block, from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    blocks: Vec<Block>,
    paths: Vec<(usize, usize)>,
    columns: Vec<usize>,
    ranges: Vec<Range<usize>>,
    sources: Vec<Vec<usize>>,
}

impl Model {
    /// A model of `blocks` and `paths` (from, to) between them.
    ///
    /// Errors: no block or path; a block without items; an item in two blocks; a path to nowhere, to itself, twice
    /// or closing a loop; a block without path.
    pub fn new(blocks: Vec<Block>, paths: Vec<(usize, usize)>) -> Result<Self, Refusal> {
        at_least("construct", blocks.len(), 2)?;
        at_least("path", paths.len(), 1)?;
        let mut columns = Vec::new();
        let mut ranges = Vec::new();
        for block in &blocks {
            if block.items.is_empty() {
                return Err(Refusal::EmptyGroup { what: format!("construct {}", block.name) });
            }
            let first = columns.len();
            for item in &block.items {
                if columns.contains(item) {
                    return wrong(format!("item {item} belongs to two constructs, or to one twice"));
                }
                columns.push(*item);
            }
            ranges.push(first..columns.len());
        }
        let sources = sources(&blocks, &paths)?;
        Ok(Self { blocks, paths, columns, ranges, sources })
    }

    /// A model from text: statements between `;` or new lines, over columns called `names`.
    ///
    /// `Quality = q1 + q2` is a composite in mode A, `<~` one in mode B, `=~` a common factor, `:=` a plain sum;
    /// `Satisfaction ~ Quality + Value` draws paths to the left from the right. Errors: as [`Model::new`]; a
    /// statement without such a sign; a name that is not there.
    ///
    /// ```
    /// use zhiheng_methods::pls::model::Model;
    /// let names = ["q1", "q2", "s1", "s2"].map(str::to_owned);
    /// let model = Model::read("Quality = q1 + q2; Satisfaction = s1 + s2; Satisfaction ~ Quality", &names).unwrap();
    /// assert_eq!((model.blocks().len(), model.paths()), (2, [(0, 1)].as_slice()));
    /// ```
    pub fn read(text: &str, names: &[String]) -> Result<Self, Refusal> {
        super::text::read(text, names)
    }

    /// The constructs.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The paths, from and to.
    pub fn paths(&self) -> &[(usize, usize)] {
        &self.paths
    }

    /// Columns of the items, block by block.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The items of construct `block`, as numbers in [`Model::columns`].
    pub fn items(&self, block: usize) -> Range<usize> {
        self.ranges[block].clone()
    }

    /// The construct that item number `item` measures.
    pub fn block_of(&self, item: usize) -> usize {
        self.ranges.iter().position(|range| range.contains(&item)).unwrap_or(0)
    }

    /// Constructs that drive `block`, in the order of their paths.
    pub fn sources(&self, block: usize) -> &[usize] {
        &self.sources[block]
    }

    /// The number of the construct called `name`.
    pub fn find(&self, name: &str) -> Result<usize, Refusal> {
        self.blocks.iter().position(|block| block.name == name).ok_or_else(|| Refusal::Unknown {
            kind: "construct",
            name: name.to_owned(),
            known: self.blocks.iter().map(|block| block.name.clone()).collect(),
        })
    }

    /// Whether a construct is a common factor.
    pub fn has_factors(&self) -> bool {
        self.blocks.iter().any(|block| block.mode == Mode::Factor)
    }

    /// The model without the path `from`–`to` and without constructs that stand alone then, with the old numbers
    /// of its constructs; `None` if nothing is left.
    pub(super) fn without(&self, from: usize, to: usize) -> Option<(Self, Vec<usize>)> {
        let left: Vec<(usize, usize)> =
            self.paths.iter().copied().filter(|path| *path != (from, to)).collect();
        let kept: Vec<usize> =
            (0..self.blocks.len()).filter(|b| left.iter().any(|(f, t)| f == b || t == b)).collect();
        let place = |old: usize| kept.iter().position(|block| *block == old);
        let paths: Option<Vec<(usize, usize)>> =
            left.iter().map(|(from, to)| Some((place(*from)?, place(*to)?))).collect();
        let blocks = kept.iter().map(|block| self.blocks[*block].clone()).collect();
        Some((Self::new(blocks, paths?).ok()?, kept))
    }
}

/// Who drives whom, checked.
fn sources(blocks: &[Block], paths: &[(usize, usize)]) -> Result<Vec<Vec<usize>>, Refusal> {
    let count = blocks.len();
    let mut sources = vec![Vec::new(); count];
    for &(from, to) in paths {
        if from >= count || to >= count {
            return wrong(format!("the path {from}–{to} leads outside the {count} constructs"));
        }
        if from == to || sources[to].contains(&from) {
            return wrong(format!(
                "the path {}–{} is there twice or a loop",
                blocks[from].name, blocks[to].name
            ));
        }
        sources[to].push(from);
    }
    for (block, it) in blocks.iter().enumerate() {
        if !paths.iter().any(|(from, to)| *from == block || *to == block) {
            return wrong(format!("no path touches construct {}", it.name));
        }
        if blocks[..block].iter().any(|other| other.name == it.name) {
            return wrong(format!("two constructs are called {}", it.name));
        }
    }
    // Taking away whatever nothing drives must leave nothing.
    let mut open: Vec<usize> = (0..count).collect();
    while !open.is_empty() {
        let before = open.len();
        let still: Vec<usize> =
            open.iter().copied().filter(|b| sources[*b].iter().any(|from| open.contains(from))).collect();
        if still.len() == before {
            return wrong(format!("paths form a loop through construct {}", blocks[still[0]].name));
        }
        open = still;
    }
    Ok(sources)
}

fn wrong<T>(what: String) -> Result<T, Refusal> {
    Err(Refusal::Contradiction { what })
}
