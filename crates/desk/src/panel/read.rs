//! Where a round stands, as the ledger has it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use zhiheng_base::exact::parse_decimal;
use zhiheng_base::{Period, RegionCode};
use zhiheng_catalog::model::Scheme;
use zhiheng_judge::{Entry, Evidence, Mark, Marks};

use super::Round;
use crate::desk::Desk;
use crate::sheets;
use crate::trouble::Trouble;
use crate::verdicts::Asked;

/// Record types of a panel.
pub(super) const INTEREST: &str = "assessment.interest";
pub(super) const SEALED: &str = "assessment.sealed";
pub(super) const OPINION: &str = "assessment.opinion";
pub(super) const SCORE: &str = "assessment.score";

/// What a reviewer declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    /// Ledger index.
    pub entry: u64,
    /// Account.
    pub reviewer: String,
    /// Whether there is one.
    pub interested: bool,
    /// Which.
    pub tie: String,
}

/// A sheet that is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Ledger index.
    pub entry: u64,
    /// Account.
    pub reviewer: String,
    /// SHA-256 of the sheet.
    pub digest: String,
    /// When.
    pub on: String,
}

/// An opened sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Reviewer and points.
    pub marks: Marks,
    /// Salt of its seal.
    pub salt: String,
}

/// All that is known of a round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Declarations, in the order in which they were made.
    pub interests: Vec<Interest>,
    /// Sealed sheets, in the order in which they were sealed.
    pub seals: Vec<Seal>,
    /// Opened sheets, in the same order; empty until they are opened.
    pub opinions: Vec<Opinion>,
    /// Scores of all stages.
    pub scores: Vec<Entry>,
    /// Evidence of the place and period, with its ledger index.
    pub evidence: Vec<(u64, Evidence)>,
}

impl Standing {
    /// What an account declared.
    pub fn interest(&self, reviewer: &str) -> Option<&Interest> {
        self.interests.iter().find(|one| one.reviewer == reviewer)
    }

    /// The seal of an account.
    pub fn seal(&self, reviewer: &str) -> Option<&Seal> {
        self.seals.iter().find(|one| one.reviewer == reviewer)
    }

    fn opine(&mut self, reviewer: String, salt: String, mark: Mark) {
        match self.opinions.iter_mut().find(|one| one.marks.reviewer == reviewer) {
            Some(opinion) => opinion.marks.marks.push(mark),
            None => self.opinions.push(Opinion { marks: Marks { reviewer, marks: vec![mark] }, salt }),
        }
    }

    /// The opened sheets' points.
    pub fn marks(&self) -> Vec<Marks> {
        self.opinions.iter().map(|one| one.marks.clone()).collect()
    }
}

impl Desk {
    /// Where a round stands.
    ///
    /// Errors: those of reading the lake.
    pub async fn round_stands(&self, round: &Round<'_>) -> Result<Standing, Trouble> {
        Ok(self.rounds_stand(round, round.place).await?.remove(&round.place).unwrap_or_default())
    }

    /// Where the rounds of all places within a region stand that are of the same scheme and period as `round`; places of which
    /// nothing is known are left out.
    ///
    /// Errors: those of reading the lake.
    pub async fn rounds_stand(
        &self,
        round: &Round<'_>,
        within: RegionCode,
    ) -> Result<BTreeMap<RegionCode, Standing>, Trouble> {
        let mut all: BTreeMap<RegionCode, Standing> = BTreeMap::new();
        for (place, entry, row) in self.of_rounds(INTEREST, round, within).await? {
            all.entry(place).or_default().interests.push(Interest {
                entry,
                reviewer: text(&row, "reviewer"),
                interested: row.get("interested").and_then(Json::as_bool).unwrap_or(true),
                tie: text(&row, "tie"),
            });
        }
        for (place, entry, row) in self.of_rounds(SEALED, round, within).await? {
            let (reviewer, digest) = (text(&row, "reviewer"), text(&row, "digest"));
            let seal = Seal { entry, reviewer, digest, on: text(&row, "sealed_on") };
            all.entry(place).or_default().seals.push(seal);
        }
        for (place, _, row) in self.of_rounds(OPINION, round, within).await? {
            let Ok(points) = parse_decimal(&text(&row, "points")) else { continue };
            let mark = Mark { item: text(&row, "item"), points, comment: text(&row, "comment") };
            all.entry(place).or_default().opine(text(&row, "reviewer"), text(&row, "salt"), mark);
        }
        let asked = Asked { within, period: round.period, as_of: None };
        for score in sheets::read(&self.engine, round.scheme, &asked).await?.entries {
            all.entry(score.region).or_default().scores.push(score);
        }
        for (entry, one) in sheets::filed(&self.engine, round.scheme, &asked).await? {
            if one.period == round.period {
                all.entry(one.region).or_default().evidence.push((entry, one));
            }
        }
        for standing in all.values_mut() {
            standing.interests.sort_by_key(|one| one.entry);
            standing.seals.sort_by_key(|one| one.entry);
            let seals = &standing.seals;
            let place = |one: &Opinion| seals.iter().position(|seal| seal.reviewer == one.marks.reviewer);
            standing.opinions.sort_by_key(place);
        }
        Ok(all)
    }

    /// The periods of which anything is on record that a panel begins with: evidence, a declaration, a sealed sheet.
    ///
    /// Errors: those of reading the lake.
    pub async fn rounds_begun(&self, scheme: &Scheme) -> Result<BTreeSet<Period>, Trouble> {
        let only = Some(("scheme", scheme.head.id.as_str()));
        let mut periods = BTreeSet::new();
        for of in [sheets::EVIDENCE, INTEREST, SEALED] {
            let rows = self.engine.records(of, only, None).await?;
            periods.extend(rows.iter().filter_map(|row| Period::parse(&text(&row.data, "period")).ok()));
        }
        Ok(periods)
    }

    /// Records of a type that are of this scheme and period, with their places, as they stand now.
    async fn of_rounds(
        &self,
        of: &str,
        round: &Round<'_>,
        within: RegionCode,
    ) -> Result<Vec<(RegionCode, u64, Map<String, Json>)>, Trouble> {
        let only = Some(("scheme", round.scheme.head.id.as_str()));
        let period = round.period.to_string();
        let one = |entry: u64, row: Map<String, Json>| {
            let is_stage = row.get("stage").is_none_or(|stage| stage == round.panel.stage.as_str());
            let place =
                RegionCode::parse(&text(&row, "place")).ok().filter(|place| within.contains(*place))?;
            (is_stage && text(&row, "period") == period).then_some((place, entry, row))
        };
        let rows = self.engine.records(of, only, None).await?;
        Ok(rows.into_iter().filter_map(|row| one(row.entry, row.data)).collect())
    }
}

/// A field as text; numbers and days have theirs.
fn text(row: &Map<String, Json>, field: &str) -> String {
    match row.get(field) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
