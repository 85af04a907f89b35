//! Which region and which time the page of signals is asked for.

use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::signals::{Window, year_to};
use zhiheng_measure::engine::query::Area;

use super::HERE;
use crate::call::Call;
use crate::pages::home::own_region;
use crate::pages::region::sees;
use crate::problem::Problem;

/// Longest period: every step of it is computed anew for every place.
const DAYS: i32 = 366;

/// What the start looks at: the year up to the end of a quarter, as far as its days are over.
pub(in crate::pages) fn window(quarter: Option<Period>, today: Date) -> Result<Window, Problem> {
    let over = today.yesterday().unwrap_or(today);
    let (period, until) = year_to(quarter.map_or(over, |quarter| quarter.last_day().min(over)))?;
    Ok(Window { period, until, today })
}

/// Which region and which time are asked for, by the address or by the form that came from it.
pub(crate) struct Asked {
    pub(super) region: RegionCode,
    pub(super) window: Window,
}

impl Asked {
    pub(super) async fn of(call: &Call, desk: &Desk) -> Result<Asked, Problem> {
        Asked::named(call, desk, (given(call, "within"), given(call, "period"))).await
    }

    /// A region and a period as texts; the caller's own region and the newest year for empty ones.
    pub(crate) async fn named(
        call: &Call,
        desk: &Desk,
        (region, period): (&str, &str),
    ) -> Result<Asked, Problem> {
        let region = match region {
            "" => own_region(call).ok_or_else(Problem::not_found)?,
            code => RegionCode::parse(code)?,
        };
        if !sees(call, region) {
            return Err(Problem::not_found());
        }
        let today = call.server.today();
        let newest = window(call.server.office()?.newest_quarter(desk, region, today).await?, today)?;
        if period.is_empty() || period == newest.period.to_string() {
            // The address of what the page begins with is that page.
            return Ok(Asked { region, window: newest });
        }
        let period = Period::parse(period)?;
        if period.n_days() > DAYS {
            return Err(Diagnostic::error("ZH7557").arg("period", period).arg("most", DAYS).into());
        }
        let over = today.yesterday().unwrap_or(today);
        Ok(Asked { region, window: Window { period, until: period.last_day().min(over), today } })
    }

    /// The address with further parts.
    pub(super) fn href(&self, more: &str) -> String {
        format!("{HERE}?within={}&period={}{more}", self.region, self.window.period)
    }

    /// The region, and its parts one level down.
    pub(super) fn areas(&self, desk: &Desk) -> Vec<Area> {
        let below = desk.catalog.regions.children(self.region).first().map(|child| child.code.level());
        let below = below.map(|level| Area::Below(self.region, level));
        std::iter::once(Area::One(self.region)).chain(below).collect()
    }
}

/// What a form says under a name, else what the address says.
pub(super) fn given<'c>(call: &'c Call, name: &'c str) -> &'c str {
    match call.form.get(name) {
        "" => call.query.get(name),
        text => text,
    }
}
