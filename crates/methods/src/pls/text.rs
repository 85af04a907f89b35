//! Reading a path model from a line of text.

use crate::refusal::Refusal;

use super::model::{Block, Mode, Model};

/// Signs of a measurement, longest first: `=` is part of the others.
const SIGNS: [(&str, Mode); 4] = [("=~", Mode::Factor), ("<~", Mode::B), (":=", Mode::Sum), ("=", Mode::A)];

/// See [`Model::read`].
pub(super) fn read(text: &str, names: &[String]) -> Result<Model, Refusal> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut drives = Vec::new();
    let lines = text.split([';', '\n']).map(|line| line.split('#').next().unwrap_or_default().trim());
    for line in lines.filter(|line| !line.is_empty()) {
        let sign = SIGNS.iter().find_map(|(sign, mode)| Some((line.split_once(sign)?, *mode)));
        if let Some(((name, items), mode)) = sign {
            let items = parts(items).map(|item| column(item, names)).collect::<Result<_, _>>()?;
            blocks.push(Block { name: name.trim().to_owned(), items, mode });
        } else if let Some((to, from)) = line.split_once('~') {
            drives.push((to.trim(), from));
        } else {
            return Err(Refusal::Unknown {
                kind: "statement",
                name: line.to_owned(),
                known: ["=", "<~", "=~", ":=", "~"].map(str::to_owned).to_vec(),
            });
        }
    }
    let find = |name: &str| {
        blocks.iter().position(|block| block.name == name).ok_or_else(|| Refusal::Unknown {
            kind: "construct",
            name: name.to_owned(),
            known: blocks.iter().map(|block| block.name.clone()).collect(),
        })
    };
    let mut paths = Vec::new();
    for (to, from) in drives {
        for from in parts(from) {
            paths.push((find(from)?, find(to)?));
        }
    }
    Model::new(blocks, paths)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split('+').map(str::trim).filter(|part| !part.is_empty())
}

fn column(name: &str, names: &[String]) -> Result<usize, Refusal> {
    names.iter().position(|known| known == name).ok_or_else(|| Refusal::Unknown {
        kind: "column",
        name: name.to_owned(),
        known: names.to_vec(),
    })
}
