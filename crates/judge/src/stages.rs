//! One assessment in four stages: the place scores itself, the office reviews, people look on site, the final stage counts.
//!
//! Every stage's points stay, side by side, with who gave them and why. A stage that does not speak of an item leaves the points
//! of the stage before. The final points of an item are those of its figure; only where people score
//! ([`Score::Judged`]) do the final stage's own count. Entries that break a rule are refused and told; what is refused does not
//! count, so that an item may stay open.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, Diagnostic, RegionCode};
use zhiheng_catalog::model::{Item, Scheme, Score};

use crate::given::Given;
use crate::verdict::Verdict;

/// A stage, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The place's own score.
    #[serde(rename = "self")]
    Own,
    /// Review of the papers.
    Review,
    /// Check on site.
    OnSite,
    /// What counts.
    Final,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Stage; 4] = [Stage::Own, Stage::Review, Stage::OnSite, Stage::Final];

    /// The word in records: `self`, `review`, `on-site`, `final`.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Own => "self",
            Stage::Review => "review",
            Stage::OnSite => "on-site",
            Stage::Final => "final",
        }
    }

    /// The stage of a word.
    pub fn parse(word: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

/// What one stage gives an item of a place, as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Place.
    pub region: RegionCode,
    /// Item.
    pub item: String,
    /// Stage.
    pub stage: Stage,
    /// Points.
    pub points: Decimal,
    /// Why; must be there where a later stage changes the points.
    pub reason: String,
    /// SHA-256 of the evidence it rests on.
    pub evidence: Vec<String>,
    /// Who gave them: an account or a post.
    pub scored_by: String,
}

/// The entries that keep the rules, by place and item, in order of stages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheets(BTreeMap<(RegionCode, String), Vec<Entry>>);

impl Sheets {
    /// Sorts the entries and refuses those that break a rule.
    ///
    /// ZH9110 an unknown item, ZH9111 points out of range, ZH9112 no level of the item, ZH9113 changed without a reason, ZH9114
    /// scored twice in a stage (neither counts), ZH9115 a final score for an item that its figure decides, ZH9116 a place that
    /// the scheme does not assess.
    pub fn new(scheme: &Scheme, entries: &[Entry]) -> (Sheets, Vec<Diagnostic>) {
        let (mut sheets, mut problems) = (Sheets::default(), Vec::new());
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by(|a, b| (a.region, &a.item, a.stage).cmp(&(b.region, &b.item, b.stage)));
        let mut twice = BTreeSet::new();
        for pair in sorted.windows(2) {
            if let [a, b] = pair
                && (a.region, &a.item, a.stage) == (b.region, &b.item, b.stage)
                && twice.insert((a.region, a.item.as_str(), a.stage))
            {
                problems.push(refusal("ZH9114", a));
            }
        }
        for entry in sorted {
            if twice.contains(&(entry.region, entry.item.as_str(), entry.stage)) {
                continue;
            }
            let before = sheets.0.entry((entry.region, entry.item.clone())).or_default();
            match check(scheme, entry, before.last()) {
                Some(problem) => problems.push(problem),
                None => before.push(entry.clone()),
            }
        }
        sheets.0.retain(|_, entries| !entries.is_empty());
        (sheets, problems)
    }

    /// Entries of an item and place in order of stages.
    pub fn of(&self, region: RegionCode, item: &str) -> &[Entry] {
        self.0.get(&(region, item.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Every place with an entry, each once, in order.
    pub fn places(&self) -> Vec<RegionCode> {
        let mut places: Vec<RegionCode> = self.0.keys().map(|(place, _)| *place).collect();
        places.dedup();
        places
    }

    /// Every entry that counts.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.values().flatten()
    }

    /// Hands the final points of the items that people score to the verdict.
    pub fn give(&self, given: &mut Given) {
        for entry in self.entries().filter(|entry| entry.stage == Stage::Final) {
            given.give(&entry.item, entry.region, entry.points);
        }
    }
}

/// The first rule that an entry breaks.
fn check(scheme: &Scheme, entry: &Entry, before: Option<&Entry>) -> Option<Diagnostic> {
    if entry.region.level() != scheme.assesses {
        return Some(refusal("ZH9116", entry).arg("level", scheme.assesses.word()));
    }
    let Some(item) = scheme.items.iter().find(|item| item.id == entry.item) else {
        let all: Vec<&str> = scheme.items.iter().map(|item| item.id.as_str()).collect();
        return Some(refusal("ZH9110", entry).arg("all", all.join(", ")));
    };
    let (least, most) = range(item);
    if least.is_some_and(|least| entry.points < least) || entry.points > most {
        let least = least.map(|least| least.normalize().to_string()).unwrap_or_default();
        return Some(refusal("ZH9111", entry).arg("least", least).arg("most", most.normalize()));
    }
    if let Score::Judged { levels } = &item.score {
        if !levels.is_empty() && !levels.iter().any(|(points, _)| *points == entry.points) {
            let all: Vec<String> = levels.iter().map(|(points, _)| points.normalize().to_string()).collect();
            return Some(refusal("ZH9112", entry).arg("all", all.join(", ")));
        }
    } else if entry.stage == Stage::Final {
        return Some(refusal("ZH9115", entry));
    }
    let before = before.filter(|before| before.points != entry.points && entry.reason.trim().is_empty())?;
    let problem = refusal("ZH9113", entry).arg("before", before.points.normalize());
    Some(problem.arg("earlier", before.stage.word()))
}

fn refusal(code: &'static str, entry: &Entry) -> Diagnostic {
    let problem = Diagnostic::error(code).arg("item", &entry.item).arg("region", entry.region);
    problem.arg("stage", entry.stage.word()).arg("points", entry.points.normalize())
}

/// Fewest and most points that people can give: deductions have no floor of their own, and no points above 0.
fn range(item: &Item) -> (Option<Decimal>, Decimal) {
    match item.score {
        Score::Deduct { .. } => (None, Decimal::ZERO),
        _ => (Some(Decimal::ZERO), item.points),
    }
}

/// A place in all stages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Staged {
    /// Place.
    pub region: RegionCode,
    /// Items in the order of the scheme.
    pub items: Vec<StagedItem>,
    /// Sum after each stage; `None` as long as an item of the full sum has no points in it or before it. The last is the verdict's.
    pub sums: [Option<Decimal>; 4],
}

/// An item in all stages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StagedItem {
    /// Identifier within the scheme.
    pub id: String,
    /// Most points.
    pub most: Decimal,
    /// Points that each stage gave; the last are the verdict's.
    pub points: [Option<Decimal>; 4],
    /// Whether the final points are those of the figure.
    pub by_figure: bool,
    /// What each stage said, with the change against the one before.
    pub said: Vec<Said>,
}

/// What a stage said of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The record.
    #[serde(flatten)]
    pub entry: Entry,
    /// Points against the stage before that spoke of the item.
    pub change: Option<Decimal>,
}

/// The stages of the place of a verdict, side by side.
pub fn stages(scheme: &Scheme, verdict: &Verdict, sheets: &Sheets) -> Staged {
    let items: Vec<StagedItem> = (scheme.items.iter().zip(&verdict.items))
        .map(|(item, judged)| {
            let entries = sheets.of(verdict.region, &item.id);
            let mut points = Stage::ALL
                .map(|stage| entries.iter().find(|entry| entry.stage == stage).map(|entry| entry.points));
            points[3] = judged.points;
            let mut said: Vec<Said> = Vec::new();
            for entry in entries {
                let change = said.last().map(|last| entry.points - last.entry.points);
                said.push(Said { entry: entry.clone(), change });
            }
            let by_figure = !matches!(item.score, Score::Judged { .. });
            StagedItem { id: item.id.clone(), most: item.points, points, by_figure, said }
        })
        .collect();
    let mut sums = [0, 1, 2, 3].map(|at| sum(scheme, &items, at));
    sums[3] = verdict.points;
    Staged { region: verdict.region, items, sums }
}

/// The sum after a stage, with the points of the latest stage up to it.
fn sum(scheme: &Scheme, items: &[StagedItem], at: usize) -> Option<Decimal> {
    let mut parts: BTreeMap<Option<&str>, Decimal> = BTreeMap::new();
    for (item, staged) in scheme.items.iter().zip(items) {
        let latest = staged.points.iter().take(at + 1).rev().find_map(|points| *points);
        // What does not belong to the full sum is nothing where nobody spoke of it.
        let points = latest.or_else(|| (!item.score.counts()).then_some(Decimal::ZERO))?;
        *parts.entry(item.group.as_deref()).or_default() += points;
    }
    Some(parts.values().map(|points| (*points).max(Decimal::ZERO)).sum())
}
