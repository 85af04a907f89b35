//! A question about states: from the roll-ups or a small table in memory if they can answer it, else by one pass over the lake.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::{Diagnostic, Level, Period, RegionCode};
use zhiheng_catalog::model::Indicator;

use super::Engine;
use super::query::{Area, Key};
use crate::address::Basis;
use crate::atoms::{Parts, Plan, State, is_additive};
use crate::lake::quarter::{Quarter, day_of};
use crate::lake::schema::TableSchema;
use crate::places::unit;
use crate::rollup::Tier;
use crate::rollup::file;

/// What is asked, with all names resolved.
#[derive(Clone, Debug)]
pub(crate) struct Ask<'a> {
    pub indicator: &'a Indicator,
    pub group: Group,
    /// Periods that do not overlap, in order, as days with the end excluded.
    pub spans: Vec<(i32, i32)>,
    pub cuts: &'a [(String, String)],
    pub by: &'a [String],
    pub basis: Basis,
    pub as_of: u64,
    /// For registers: the day on which a record must be valid.
    pub on: Option<i32>,
}

/// How regions are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Group {
    /// Not at all.
    One(RegionCode),
    /// By regions of a level.
    Below(RegionCode, Level),
    /// Each recorded (or, as now, present) code for itself.
    Each(RegionCode),
}

impl Group {
    pub(crate) fn of(area: Area) -> Group {
        match area {
            Area::One(region) => Group::One(region),
            Area::Below(region, level) if level == region.level() => Group::One(region),
            Area::Below(region, level) => Group::Below(region, level),
        }
    }

    pub(crate) fn within(self) -> RegionCode {
        match self {
            Group::One(region) | Group::Below(region, _) | Group::Each(region) => region,
        }
    }
}

/// States by region, span and values.
pub(crate) type Answers = BTreeMap<Key, Parts>;

/// A period as days, the end excluded.
pub(crate) fn span(period: Period) -> (i32, i32) {
    (day_of(period.start()), day_of(period.last_day()) + 1)
}

/// Which region of a level a group of records belongs to.
pub(crate) struct Standing<'a> {
    engine: &'a Engine,
    within: RegionCode,
    level: Level,
    known: BTreeSet<u64>,
}

impl<'a> Standing<'a> {
    pub(crate) fn new(engine: &'a Engine, within: RegionCode, level: Level) -> Standing<'a> {
        let known = engine
            .places
            .regions()
            .descendants(within, level)
            .iter()
            .map(|version| version.code.as_u64())
            .collect();
        Standing { engine, within, level, known }
    }

    /// Length of codes to group by before [`Standing::of`] puts headings and stand-ins right: cities are made of
    /// counties, since a county directly under a province stands among the cities.
    pub(crate) fn unit(&self) -> u64 {
        match self.level {
            Level::City => unit(Level::County),
            level => unit(level),
        }
    }

    /// The region that `code` (cut to [`Standing::unit`]) is counted in; `None` for records of a larger region,
    /// which belong to none of the level.
    pub(crate) fn of(&self, code: u64) -> Option<u64> {
        if self.known.contains(&code) {
            return Some(code);
        }
        let code = RegionCode::from_u64(code)?;
        let standing = self.engine.places.regions().ancestor(code, self.level)?;
        self.within.contains(standing).then_some(standing.as_u64())
    }
}

/// Which region of a question a single record is counted in, by its recorded code.
pub(crate) struct Counting<'a> {
    engine: &'a Engine,
    within: RegionCode,
    standing: Option<Standing<'a>>,
    basis: Basis,
}

impl<'a> Counting<'a> {
    pub(crate) fn new(engine: &'a Engine, group: Group, basis: Basis) -> Counting<'a> {
        let standing = match group {
            Group::Below(region, level) => Some(Standing::new(engine, region, level)),
            _ => None,
        };
        Counting { engine, within: group.within(), standing, basis }
    }

    /// `None` for records outside the question, and for those of a larger region than it lists.
    pub(crate) fn of(&self, recorded: u64) -> Option<u64> {
        let region = if self.basis == Basis::AsNow { self.engine.places.now(recorded) } else { recorded };
        match &self.standing {
            Some(standing) => standing.of(region - region % standing.unit()),
            None => self.within.range().contains(&region).then_some(self.within.as_u64()),
        }
    }
}

impl Engine {
    /// Answers from the roll-ups where they can, from memory where the table is small, else from the lake.
    pub(crate) async fn answers(&self, ask: &Ask<'_>) -> Result<Answers, Diagnostic> {
        if let Some(answers) = self.from_rollup(ask)? {
            return Ok(answers);
        }
        match self.from_ready(ask).await? {
            Some(answers) => Ok(answers),
            None => self.from_lake_once(ask).await,
        }
    }

    /// Record type and columns of an indicator that is made of records.
    pub(crate) fn table_of(&self, indicator: &Indicator) -> Result<&TableSchema, Diagnostic> {
        let record = indicator.kind.over().map_or("", |over| over.record.as_str());
        self.lake.schema(record).map(AsRef::as_ref).ok_or_else(|| {
            Diagnostic::error("ZH5014").arg("indicator", &indicator.head.id).arg("record", record)
        })
    }

    /// The plan of one indicator.
    pub(crate) fn plan_of(&self, indicator: &Indicator) -> Result<Plan, Diagnostic> {
        Ok(Plan::of([indicator], self.table_of(indicator)?))
    }

    /// `None` if the roll-ups do not hold what is asked: states that do not add up, an older ledger size, more than
    /// one dimension or one without cuboid, periods that are not whole quarters.
    fn from_rollup(&self, ask: &Ask<'_>) -> Result<Option<Answers>, Diagnostic> {
        let Some(over) = ask.indicator.kind.over() else { return Ok(None) };
        let of = over.record.as_str();
        let Some(definition) = self.rollup.definition(of) else { return Ok(None) };
        let Some(layout) = definition.plan.layouts.get(&ask.indicator.head.id) else { return Ok(None) };
        let dimensions: BTreeSet<&String> = ask.cuts.iter().map(|(name, _)| name).chain(ask.by).collect();
        let can = is_additive(&ask.indicator.kind)
            && ask.on.is_none()
            && ask.as_of == self.lake.size()
            && self.rollup.size(of) == Some(ask.as_of)
            && dimensions.len() <= 1
            && dimensions.iter().all(|name| definition.dimensions.contains(name))
            && ask.spans.iter().all(|&(start, end)| {
                start < end
                    && Quarter::of_day(start).first_day() == start
                    && Quarter::of_day(end).first_day() == end
            });
        if !can {
            return Ok(None);
        }
        let within = ask.group.within();
        let as_now = ask.basis == Basis::AsNow;
        let own = within.range();
        let own = (*own.start(), *own.end());
        let standing = match ask.group {
            Group::Below(region, level) => Some(Standing::new(self, region, level)),
            _ => None,
        };
        // Tiers above the leaves hold present codes.
        let (tier, ranges) = match ask.group {
            Group::One(region) if as_now && region.level() <= Level::County => {
                (Tier::of(region.level()), vec![(region.as_u64(), region.as_u64())])
            }
            Group::Below(_, level) if as_now && level <= Level::County => {
                (if level == Level::Province { Tier::Province } else { Tier::County }, vec![own])
            }
            _ if as_now => (Tier::Leaf, self.places.recorded_ranges(within)),
            _ => (Tier::Leaf, vec![own]),
        };
        let (counts, sums) = layout.reads();
        let question = file::Ask {
            tier,
            ranges: &ranges,
            has_value: !dimensions.is_empty(),
            counts: &counts,
            sums: &sums,
        };
        let mut state = State {
            counts: vec![0; definition.plan.counts.len()],
            sums: vec![0; definition.plan.sums.len()],
        };
        let mut answers = Answers::new();
        let dimension = dimensions.iter().next().map(|name| name.as_str());
        for quarter in self.rollup.quarters(of) {
            let day = quarter.first_day();
            let Some(at) = ask.spans.iter().position(|&(start, end)| start <= day && day < end) else {
                continue;
            };
            self.rollup.read(of, quarter, dimension, &question, |found| {
                let region =
                    if tier == Tier::Leaf && as_now { self.places.now(found.region) } else { found.region };
                if !(own.0..=own.1).contains(&region)
                    || ask.cuts.iter().any(|(_, wanted)| found.value.unwrap_or("") != wanted)
                {
                    return;
                }
                let region = match (ask.group, &standing) {
                    (Group::Below(..), Some(standing)) => {
                        let Some(region) = standing.of(region - region % standing.unit()) else { return };
                        region
                    }
                    (Group::Each(_), _) => region,
                    _ => within.as_u64(),
                };
                counts.iter().zip(found.counts).for_each(|(&at, &value)| state.counts[at] = value);
                sums.iter().zip(found.sums).for_each(|(&at, &value)| state.sums[at] = value);
                let values = ask.by.iter().map(|_| found.value.map(str::to_owned)).collect();
                answers.entry(Key { region, period: at, values }).or_default().add(&layout.parts(&state));
            })?;
        }
        Ok(Some(answers))
    }
}
