//! Targets: what was asked, what the figure is, whether the parts make up the whole.

use zhiheng_base::Date;
use zhiheng_desk::Desk;
use zhiheng_desk::plans::targets::{Decomposition, Reached, Target, reached as how_far};

use super::{ROWS, headed};
use crate::call::Call;
use crate::pages::region::{bare, value};
use crate::pages::sheet::{Cell, Table, number_href};
use crate::problem::Problem;
use crate::text::Text;

/// Each target with the figure of its indicator, place and period. The figure of a department's target is that of its region: the
/// ledger knows no other.
pub(super) async fn reached(
    call: &Call,
    desk: &Desk,
    targets: &[Target],
    on: Date,
) -> Result<Table, Problem> {
    let lang = call.view.lang;
    let columns = [
        "plan-number",
        "cli-indicator",
        "plans-region",
        "plans-unit",
        "plans-until",
        "#plans-goal",
        "#plans-by-now",
        "#plans-now",
        "plan-outcome",
    ];
    let mut table = headed(call, "plan-targets", &columns);
    // One more than is shown, so that the page can say that there are more.
    for target in targets.iter().take(ROWS + 1) {
        let place = desk.catalog.regions.title(target.region, lang).map(str::to_owned);
        let place = place.unwrap_or_else(|| target.region.to_string());
        let mut row = vec![
            Cell::to(target.id.clone(), format!("/records/{}", target.entry)),
            Cell::of(target.indicator.clone()),
            Cell::to(place, format!("/r/{}?period={}", target.region, target.period)),
            Cell::of(target.unit.clone().unwrap_or_default()),
            Cell::of(target.period.last_day().to_string()),
        ];
        match desk.engine.indicator(&target.indicator) {
            Ok(indicator) => {
                row[1] = Cell::to(indicator.head.name.get(lang), format!("/i/{}", target.indicator));
                let reached = how_far(&desk.engine, target, on).await?;
                let plain = |value: Option<zhiheng_base::Decimal>| {
                    Cell::of(value.map(|value| value.normalize().to_string()).unwrap_or_default())
                };
                row.push(plain(reached.goal));
                row.push(plain(reached.by_now));
                let figure = value(call, indicator, &reached.measure);
                row.push(Cell::to(figure, number_href(&bare(&reached.measure))));
                row.push(Cell::of(Text(lang).say(word(&reached, target, on))));
            }
            // The catalog has the indicator no more, or never had it: the target stands, without a figure.
            Err(problem) => {
                row.extend([
                    Cell::default(),
                    Cell::default(),
                    Cell::default(),
                    Cell::of(problem.message(lang)),
                ]);
            }
        }
        table.rows.push(row);
    }
    Ok(table)
}

/// What is missing before the end is not missed yet.
fn word(reached: &Reached, target: &Target, on: Date) -> &'static str {
    match reached.met {
        None => "server-target-open",
        Some(true) => "server-target-met",
        Some(false) if on <= target.period.last_day() => "plans-not-yet",
        Some(false) => "server-target-missed",
    }
}

/// Whether the parts of each target make it up.
pub(super) fn shared_out(call: &Call, found: &[Decomposition]) -> Table {
    let t = Text(call.view.lang);
    let columns = [
        "plan-target",
        "plan-rule",
        "plan-day",
        "#plan-whole",
        "#plan-parts",
        "#plan-short",
        "plan-outcome",
        "plan-reason",
    ];
    let mut table = headed(call, "plan-shared", &columns);
    for one in found.iter().take(ROWS + 1) {
        table.rows.push(vec![
            Cell::of(one.target.clone()),
            Cell::of(t.say(&format!("plan-rule-{}", one.rule.word()))),
            Cell::of(one.on.to_string()),
            Cell::of(one.whole.normalize().to_string()),
            Cell::of(one.parts_come_to.to_string()),
            Cell::of(one.short.to_string()),
            Cell::of(t.say(&format!("plan-outcome-{}", one.outcome.word()))),
            Cell::of(one.exception.clone().unwrap_or_default()),
        ]);
    }
    table
}
