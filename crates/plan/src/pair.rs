//! Double random (双随机): which inspectors go to which drawn object.
//!
//! Every object gets the stated number of inspectors, at least two by the usual rule; whoever has an interest withdraws
//! (回避); the load is as even as withdrawals allow; and the seed alone decides, so that the pairing can be made again.
//!
//! Objects come in random order, each takes the least burdened inspectors that may go, ties in an order drawn anew for it.
//! Where withdrawals left the load uneven, an object is handed along from one inspector to another as long as that
//! evens it out (Harvey, Ladner, Lovász and Tamir 2006, *Journal of Algorithms* 59:53–78): then no pairing has a lower
//! heaviest load.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;
use zhiheng_methods::random::Stream;

use crate::draw::PAIRING;
use crate::row::{FromRow, Row};

/// Name of the rules by which this program pairs.
pub const FORMAT: &str = "zhiheng-pair/1";

/// Largest number of objects times inspectors that is paired at once.
const PAIRS_MAX: usize = 20_000_000;

/// An interest that keeps an inspector from an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interest {
    /// Inspector.
    pub inspector: String,
    /// Object.
    pub object: String,
    /// What it is.
    pub reason: String,
}

impl FromRow for Interest {
    const OF: &'static str = "inspection.interest";

    fn from_row(row: Row<'_>) -> Result<Interest, Diagnostic> {
        let (inspector, object) = (row.text("inspector")?, row.text("object")?);
        Ok(Interest { inspector, object, reason: row.text("reason")? })
    }
}

/// Who goes where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairing {
    /// Rules of the pairing, [`FORMAT`].
    pub format: String,
    /// Seed, as text.
    pub seed: String,
    /// Inspectors per object.
    pub each: usize,
    /// Objects by id, with their inspectors.
    pub objects: Vec<Team>,
    /// Number of objects of every inspector, by id.
    pub load: BTreeMap<String, u64>,
}

/// The inspectors of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Object.
    pub object: String,
    /// Inspectors by id.
    pub inspectors: Vec<String>,
    /// Who withdrew, and why.
    pub withdrew: Vec<Interest>,
}

/// Pairs `objects` with `each` inspectors.
///
/// # Errors
///
/// ZH8573 for each object that has too few inspectors without an interest, ZH8575 for ids that come twice, ZH8576 for more
/// than 20 million pairs, ZH8577 if no inspector at all is asked for.
pub fn pair(
    objects: &[String],
    inspectors: &[String],
    interests: &[Interest],
    each: usize,
    seed: u64,
) -> Result<Pairing, Vec<Diagnostic>> {
    let (objects, inspectors) = (sorted("object", objects)?, sorted("inspector", inspectors)?);
    if each == 0 {
        return Err(vec![Diagnostic::error("ZH8577")]);
    }
    if objects.len().saturating_mul(inspectors.len()) > PAIRS_MAX {
        let problem = Diagnostic::error("ZH8576").arg("objects", objects.len());
        return Err(vec![problem.arg("inspectors", inspectors.len())]);
    }
    let mut barred: Vec<BTreeMap<usize, &Interest>> = vec![BTreeMap::new(); objects.len()];
    for interest in interests {
        let object = objects.binary_search(&interest.object.as_str());
        let inspector = inspectors.binary_search(&interest.inspector.as_str());
        if let (Ok(object), Ok(inspector)) = (object, inspector) {
            barred[object].entry(inspector).or_insert(interest);
        }
    }
    let short: Vec<Diagnostic> = objects
        .iter()
        .zip(&barred)
        .filter(|(_, barred)| inspectors.len() - barred.len() < each)
        .map(|(object, barred)| {
            let problem = Diagnostic::error("ZH8573").arg("object", object).arg("each", each);
            problem.arg("free", inspectors.len() - barred.len()).arg("withdrew", barred.len())
        })
        .collect();
    if !short.is_empty() {
        return Err(short);
    }
    let mut teams = first_choice(objects.len(), inspectors.len(), &barred, each, seed);
    even_out(&mut teams, inspectors.len(), &barred);
    let name = |inspector: usize| inspectors.get(inspector).copied().unwrap_or_default().to_owned();
    let mut load: BTreeMap<String, u64> = inspectors.iter().map(|id| ((*id).to_owned(), 0)).collect();
    for inspector in teams.iter().flatten() {
        *load.entry(name(*inspector)).or_default() += 1;
    }
    let objects = objects
        .iter()
        .zip(&teams)
        .zip(&barred)
        .map(|((object, team), barred)| Team {
            object: (*object).to_owned(),
            inspectors: team.iter().map(|&inspector| name(inspector)).collect(),
            withdrew: barred.values().map(|&interest| interest.clone()).collect(),
        })
        .collect();
    Ok(Pairing { format: FORMAT.to_owned(), seed: seed.to_string(), each, objects, load })
}

fn sorted<'a>(what: &str, ids: &'a [String]) -> Result<Vec<&'a str>, Vec<Diagnostic>> {
    let mut sorted: Vec<&str> = ids.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let twice: Vec<Diagnostic> = sorted
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| Diagnostic::error("ZH8575").arg("what", what).arg("id", pair[0]))
        .collect();
    if twice.is_empty() { Ok(sorted) } else { Err(twice) }
}

/// Each object in random order takes the least burdened inspectors that may go.
fn first_choice(
    objects: usize,
    inspectors: usize,
    barred: &[BTreeMap<usize, &Interest>],
    each: usize,
    seed: u64,
) -> Vec<BTreeSet<usize>> {
    let mut turn: Vec<usize> = (0..objects).collect();
    Stream::new(seed, PAIRING).shuffle(&mut turn);
    let mut load = vec![0_u64; inspectors];
    let mut teams = vec![BTreeSet::new(); objects];
    for (k, object) in (1_u64..).zip(turn) {
        let mut order: Vec<usize> = (0..inspectors).collect();
        Stream::new(seed, PAIRING + k).shuffle(&mut order);
        order.retain(|inspector| !barred[object].contains_key(inspector));
        // Stable: equals stay in the order drawn for this object.
        order.sort_by_key(|&inspector| load[inspector]);
        for inspector in order.into_iter().take(each) {
            load[inspector] += 1;
            teams[object].insert(inspector);
        }
    }
    teams
}

/// Hands objects along until no inspector has two more than one who could be reached from there.
fn even_out(teams: &mut [BTreeSet<usize>], inspectors: usize, barred: &[BTreeMap<usize, &Interest>]) {
    let mut carried: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); inspectors];
    for (object, team) in teams.iter().enumerate() {
        for &inspector in team {
            carried[inspector].insert(object);
        }
    }
    loop {
        let least = carried.iter().map(BTreeSet::len).min().unwrap_or(0);
        let mut heavy: Vec<usize> = (0..inspectors).filter(|&i| carried[i].len() >= least + 2).collect();
        heavy.sort_by_key(|&inspector| (usize::MAX - carried[inspector].len(), inspector));
        let Some(way) = heavy.into_iter().find_map(|from| way(from, teams, &carried, barred)) else { return };
        for (from, object, to) in way {
            carried[from].remove(&object);
            carried[to].insert(object);
            teams[object].remove(&from);
            teams[object].insert(to);
        }
    }
}

/// The shortest chain of hand-overs `(from, object, to)` that ends with one who has at least two less.
fn way(
    from: usize,
    teams: &[BTreeSet<usize>],
    carried: &[BTreeSet<usize>],
    barred: &[BTreeMap<usize, &Interest>],
) -> Option<Vec<(usize, usize, usize)>> {
    let limit = carried[from].len().checked_sub(2)?;
    let mut came: Vec<Option<(usize, usize)>> = vec![None; carried.len()];
    let (mut queue, mut seen_objects) = (VecDeque::from([from]), BTreeSet::new());
    while let Some(here) = queue.pop_front() {
        for &object in &carried[here] {
            if !seen_objects.insert(object) {
                continue;
            }
            for next in 0..carried.len() {
                let may = !teams[object].contains(&next) && !barred[object].contains_key(&next);
                if !may || next == from || came[next].is_some() {
                    continue;
                }
                came[next] = Some((here, object));
                if carried[next].len() <= limit {
                    let mut steps = Vec::new();
                    let mut to = next;
                    while let Some((before, object)) = came[to] {
                        steps.push((before, object, to));
                        to = before;
                    }
                    return Some(steps);
                }
                queue.push_back(next);
            }
        }
    }
    None
}
