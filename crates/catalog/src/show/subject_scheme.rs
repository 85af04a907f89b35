//! The particulars of a scheme that grades subjects.

use super::Page;
use crate::model::{Grades, SubjectScheme, Wait};

pub(super) fn write(scheme: &SubjectScheme, page: &mut Page) {
    page.fact("of", &scheme.of);
    if let Some(filter) = &scheme.filter {
        page.fact("where", filter);
    }
    page.fact("full", scheme.full.normalize());
    let months = |months: Option<u32>| months.map(|months| months.to_string()).unwrap_or_default();
    let rows = (scheme.items.iter())
        .map(|item| {
            let name = item.name.get(page.lang).to_owned();
            let points = item.points.normalize().to_string();
            vec![item.id.clone(), name, points, item.filter.to_string(), months(item.months)]
        })
        .collect();
    page.table("scheme-items", &["item", "name", "points-given", "where", "window-months"], rows);
    let rows: Vec<Vec<String>> = match &scheme.grades {
        Grades::Bands(bands) => (bands.iter())
            .map(|band| {
                let name = band.name.get(page.lang).to_owned();
                vec![band.grade.clone(), name, format!("≥ {}", band.from.normalize()), String::new()]
            })
            .collect(),
        Grades::Ladder(rungs) => (rungs.iter())
            .map(|rung| {
                let wait = match rung.after {
                    Some(Wait::Months(months)) => months.to_string(),
                    Some(Wait::NextYear) => page.say("show-next-year"),
                    None => String::new(),
                };
                let name = rung.name.get(page.lang).to_owned();
                vec![rung.grade.clone(), name, format!("≥ {}", rung.from.normalize()), wait]
            })
            .collect(),
    };
    page.table("bands", &["grade", "name", "from-points", "wait-months"], rows);
    let rows = (scheme.vetoes.iter())
        .map(|veto| {
            let says = veto.says.get(page.lang).to_owned();
            vec![veto.grade.clone(), says, veto.filter.to_string(), months(veto.months)]
        })
        .collect();
    page.table("vetoes", &["grade", "says", "where", "window-months"], rows);
    let rows = (scheme.examples.iter())
        .map(|one| {
            let says = one.says.as_ref().map(|says| says.get(page.lang).to_owned()).unwrap_or_default();
            vec![says, one.on.to_string(), one.grade.clone()]
        })
        .collect();
    page.table("examples", &["given", "on", "expect"], rows);
}
