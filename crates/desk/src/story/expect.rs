//! What a story looks at: figures, verdicts with their reasons, grades of enterprises, records.

use std::sync::Arc;

use toml::Spanned;
use zhiheng_base::words::Lang;
use zhiheng_base::{Period, RegionCode};
use zhiheng_judge::explain;
use zhiheng_measure::Address;
use zhiheng_measure::engine::EngineOptions;

use super::model::Step;
use super::play::{Kept, Player, Told};
use crate::credit::{Known, graded, holder, scheme as subject_scheme};
use crate::rules::{adopted, engine_of};
use crate::trouble::Trouble;
use crate::verdicts::{Asked, Judgement, judged, scheme};

impl Player<'_> {
    /// Looks at everything that the step names.
    pub(super) async fn look(&mut self, step: &Spanned<Step>) -> Result<Vec<Told>, Trouble> {
        let mut told = Vec::new();
        if let Some(address) = &step.as_ref().measure {
            told.push(self.figure(step, address).await?);
        }
        if let Some(id) = &step.as_ref().judge {
            told.extend(self.verdicts(step, id).await?);
        }
        if let Some(id) = &step.as_ref().credit {
            told.push(self.grade(step, id).await?);
        }
        if let Some(of) = &step.as_ref().count {
            told.push(self.counted(step, of).await?);
        }
        Ok(told)
    }

    async fn figure(&mut self, spanned: &Spanned<Step>, text: &str) -> Result<Told, Trouble> {
        self.refresh().await?;
        let step = spanned.as_ref();
        let address: Address = text.parse()?;
        let measure = self.desk.engine.measure(&address).await?;
        let value = measure.value.clone().unwrap_or_default();
        if let Some(wanted) = step.value.as_ref().filter(|wanted| **wanted != value) {
            return Err(self.otherwise(spanned, text, wanted, value));
        }
        let parts = match (measure.top, measure.bottom) {
            (Some(top), Some(bottom)) => format!("{}/{}", top.normalize(), bottom.normalize()),
            (Some(top), None) => top.normalize().to_string(),
            _ => String::new(),
        };
        if let Some(wanted) = step.parts.as_ref().filter(|wanted| **wanted != parts) {
            return Err(self.otherwise(spanned, text, wanted, parts));
        }
        Ok(Told::Seen { what: text.to_owned(), is: format!("{value} ({parts})") })
    }

    async fn verdicts(&mut self, spanned: &Spanned<Step>, id: &str) -> Result<Vec<Told>, Trouble> {
        self.refresh().await?;
        let step = spanned.as_ref();
        let within = RegionCode::parse(step.within.as_deref().unwrap_or_default())?;
        let period = Period::parse(step.period.as_deref().unwrap_or_default())?;
        let size = self.desk.engine.size();
        let kept = step.same.as_ref().and_then(|name| self.kept.get(name)).cloned();
        if let Some(name) = step.same.as_ref().filter(|_| kept.is_none()) {
            return Err(self.otherwise(spanned, "same", name, "–"));
        }
        let size = kept.as_ref().map_or(size, |kept| kept.size);
        let asked = Asked { within, period, as_of: Some(size) };
        let digest = self.desk.catalog.digest.clone();
        let judgement = match kept.as_ref().filter(|kept| kept.digest != digest) {
            // The rules have changed since: it is judged by those of then.
            Some(kept) => {
                let (project, ledger) = (&self.desk.project, &self.desk.ledger);
                let then = adopted(project, ledger, &kept.digest).await?;
                let engine = engine_of(project, ledger, Arc::clone(&then), &EngineOptions::default()).await?;
                judged(&engine, scheme(&then, id)?, &asked).await?
            }
            None => judged(&self.desk.engine, scheme(&self.desk.catalog, id)?, &asked).await?,
        };
        let bytes = serde_json::to_string(&judgement.verdicts)?;
        if let Some(kept) = kept.filter(|kept| kept.bytes != bytes) {
            return Err(self.otherwise(spanned, "same", kept.bytes, bytes));
        }
        let told = self.held(spanned, &judgement)?;
        if let Some(name) = &step.keep {
            self.kept.insert(name.clone(), Kept { size, digest, bytes });
        }
        Ok(told)
    }

    /// Holds verdicts against grades, points, vetoes and reasons.
    fn held(&self, spanned: &Spanned<Step>, judgement: &Judgement) -> Result<Vec<Told>, Trouble> {
        let step = spanned.as_ref();
        let scheme = scheme(&self.desk.catalog, step.judge.as_deref().unwrap_or_default())?;
        let regions = &self.desk.catalog.regions;
        let mut told = Vec::new();
        let mut vetoed = Vec::new();
        for verdict in &judgement.verdicts {
            let place = verdict.region.to_string();
            let points = verdict.points.map(|points| scheme.printed(points)).unwrap_or_default();
            let grade = verdict.grade.clone().unwrap_or_default();
            if let Some(wanted) = step.grades.get(&place).filter(|wanted| **wanted != grade) {
                return Err(self.otherwise(spanned, &format!("{place} grade"), wanted, grade));
            }
            if let Some(wanted) = step.points.get(&place).filter(|wanted| **wanted != points) {
                return Err(self.otherwise(spanned, &format!("{place} points"), wanted, points));
            }
            if let Some(words) = step.why.get(&place) {
                let why = explain(scheme, verdict, regions, Lang::Zh).lines(Lang::Zh).join("\n");
                if let Some(missing) = words.iter().find(|word| !why.contains(word.as_str())) {
                    return Err(self.otherwise(spanned, &format!("{place} why"), missing, why));
                }
            }
            if verdict.veto.is_some() {
                vetoed.push(place.clone());
            }
            let name = regions.name(verdict.region).unwrap_or_default();
            told.push(Told::Seen {
                what: format!("{}/{place} {name}", scheme.head.id),
                is: format!("{points} {grade}"),
            });
        }
        if let Some(wanted) = step.vetoes.as_ref().filter(|wanted| **wanted != vetoed) {
            return Err(self.otherwise(spanned, "vetoes", wanted.join(", "), vetoed.join(", ")));
        }
        let judged: Vec<String> = judgement.places.iter().map(ToString::to_string).collect();
        if let Some(place) =
            step.grades.keys().chain(step.points.keys()).find(|place| !judged.contains(place))
        {
            return Err(self.otherwise(spanned, place, "–", judged.join(", ")));
        }
        Ok(told)
    }

    async fn grade(&mut self, spanned: &Spanned<Step>, id: &str) -> Result<Told, Trouble> {
        let step = spanned.as_ref();
        let scheme = subject_scheme(&self.desk.catalog, id)?;
        let known = Known::read(&self.desk.ledger, &self.desk.catalog, &scheme.of, self.today, None).await?;
        let holder = holder(&known, step.holder.as_deref().unwrap_or_default(), self.today)?;
        let verdict = graded(scheme, &known, &holder, self.today);
        let grade = verdict.grade.clone().unwrap_or_default();
        if let Some(wanted) = step.grade.as_ref().filter(|wanted| **wanted != grade) {
            let points = verdict.points.map(|points| points.normalize().to_string()).unwrap_or_default();
            return Err(self.otherwise(spanned, &holder, wanted, format!("{grade} ({points})")));
        }
        let points = verdict.points.map(|points| points.round_dp(2).normalize().to_string());
        Ok(Told::Seen {
            what: format!("{id}/{holder}"),
            is: format!("{grade} {}", points.unwrap_or_default()),
        })
    }

    async fn counted(&mut self, spanned: &Spanned<Step>, of: &str) -> Result<Told, Trouble> {
        self.refresh().await?;
        let step = spanned.as_ref();
        let rows = self.desk.engine.records(of, None, None).await?;
        let is_meant = |data: &serde_json::Map<String, serde_json::Value>| {
            step.only.iter().all(|(field, text)| match data.get(field) {
                Some(serde_json::Value::String(found)) => found == text,
                Some(other) => other.to_string() == *text,
                None => false,
            })
        };
        let got = rows.iter().filter(|row| is_meant(&row.data)).count();
        if let Some(wanted) = step.n.filter(|wanted| *wanted != got) {
            return Err(self.otherwise(spanned, of, wanted, got));
        }
        Ok(Told::Seen { what: of.to_owned(), is: got.to_string() })
    }
}
