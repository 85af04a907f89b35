//! The way of a thing in layers: on the left what it came from, on the right what came of it. Lots and containers have a box each,
//! single pieces of one lot share one.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use zhiheng_trace::world::reach::Step;
use zhiheng_trace::world::{Node, World};

/// Boxes above each other at most.
const TALL: usize = 12;
/// Layers to each side at most.
const WIDE: i64 = 6;
/// Measures of the picture in its own units.
const BOX: (usize, usize) = (220, 44);
const GAP: (usize, usize) = (46, 12);
/// Characters of a line in a box.
const LINE: usize = 29;

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// One thing.
    Thing(Node),
    /// So many pieces that came of one thing.
    Pieces(usize),
}

/// A box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    pub(super) what: What,
    /// 0 is the thing itself, what is before it counts down.
    layer: i64,
    /// From the top.
    place: usize,
    /// The box to which it is linked.
    from: Option<usize>,
}

/// The picture.
#[derive(Debug, Default)]
pub(super) struct Layers {
    boxes: Vec<Drawn>,
    /// How many things found no room.
    pub(super) left_out: Option<usize>,
}

impl Layers {
    fn put(
        &mut self,
        what: What,
        layer: i64,
        from: Option<usize>,
        tall: &mut BTreeMap<i64, usize>,
    ) -> Option<usize> {
        let place = tall.entry(layer).or_insert(0);
        if *place >= TALL || layer.abs() > WIDE {
            return None;
        }
        self.boxes.push(Drawn { what, layer, place: *place, from });
        *place += 1;
        Some(self.boxes.len() - 1)
    }
}

/// Puts things into layers by how many links they are away.
pub(super) fn layers(world: &World, thing: Node, up: &[(Node, Step)], down: &[(Node, Step)]) -> Layers {
    let mut layers = Layers::default();
    let mut tall = BTreeMap::new();
    let own = layers.put(What::Thing(thing), 0, None, &mut tall);
    let mut left_out = 0;
    for (all, way) in [(up, -1), (down, 1)] {
        let mut at: HashMap<Node, usize> = own.map(|own| (thing, own)).into_iter().collect();
        let mut pieces: BTreeMap<(i64, usize), usize> = BTreeMap::new();
        // They come in the order in which they were reached: whatever a thing is linked to comes before it.
        for (node, step) in all {
            let (layer, from) = (i64::from(step.links) * way, at.get(&step.from).copied());
            let Some(from) = from else {
                left_out += 1;
                continue;
            };
            if world.is_piece(*node) && all.len() > TALL {
                *pieces.entry((layer, from)).or_insert(0) += 1;
                // what comes of a piece hangs on the box of its lot
                at.insert(*node, from);
            } else if let Some(own) = layers.put(What::Thing(*node), layer, Some(from), &mut tall) {
                at.insert(*node, own);
            } else {
                left_out += 1;
            }
        }
        for ((layer, from), n) in pieces {
            if layers.put(What::Pieces(n), layer, Some(from), &mut tall).is_none() {
                left_out += n;
            }
        }
    }
    layers.left_out = (left_out > 0).then_some(left_out);
    layers
}

fn escaped(text: &str) -> String {
    let mut short: String = text.chars().take(LINE).collect();
    if text.chars().count() > LINE {
        short.push('…');
    }
    short.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The picture as SVG, in the colour of the text around it; each thing leads to its page.
pub(super) fn svg(
    layers: &Layers,
    label: &dyn Fn(&Drawn) -> [String; 2],
    href: &dyn Fn(Node) -> String,
) -> String {
    let first = layers.boxes.iter().map(|one| one.layer).min().unwrap_or(0);
    let last = layers.boxes.iter().map(|one| one.layer).max().unwrap_or(0);
    let tall = layers.boxes.iter().map(|one| one.place + 1).max().unwrap_or(1);
    let columns = usize::try_from(last - first + 1).unwrap_or(1);
    let (width, height) = (columns * (BOX.0 + GAP.0), tall * (BOX.1 + GAP.1) + GAP.1);
    let corner = |one: &Drawn| {
        let column = usize::try_from(one.layer - first).unwrap_or(0);
        (column * (BOX.0 + GAP.0) + GAP.0 / 2, one.place * (BOX.1 + GAP.1) + GAP.1)
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" aria-labelledby=\"trace-graph\" fill=\"none\" stroke=\"currentColor\" font-size=\"13\">"
    );
    for one in &layers.boxes {
        let Some(other) = one.from.and_then(|from| layers.boxes.get(from)) else { continue };
        let (left, right) = if one.layer < other.layer { (one, other) } else { (other, one) };
        let ((x1, y1), (x2, y2)) = (corner(left), corner(right));
        let (x1, middle) = (x1 + BOX.0, BOX.1 / 2);
        let bend = (x1 + x2) / 2;
        let _ = write!(
            out,
            "<path d=\"M{x1} {} C{bend} {} {bend} {} {x2} {}\" stroke-opacity=\"0.6\"/>",
            y1 + middle,
            y1 + middle,
            y2 + middle,
            y2 + middle
        );
    }
    for one in &layers.boxes {
        let (x, y) = corner(one);
        let thick = if one.layer == 0 { 3 } else { 1 };
        let [name, below] = label(one);
        let shape = format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"4\" pointer-events=\"all\" stroke-width=\"{thick}\"/><text x=\"{}\" y=\"{}\" fill=\"currentColor\" stroke=\"none\">{}</text><text x=\"{}\" y=\"{}\" fill=\"currentColor\" stroke=\"none\" font-size=\"11\">{}</text>",
            BOX.0,
            BOX.1,
            x + 8,
            y + 18,
            escaped(&name),
            x + 8,
            y + 35,
            escaped(&below)
        );
        match one.what {
            What::Thing(node) if one.layer != 0 => {
                let _ = write!(out, "<a href=\"{}\">{shape}</a>", href(node).replace('&', "&amp;"));
            }
            _ => out.push_str(&shape),
        }
    }
    out + "</svg>"
}
