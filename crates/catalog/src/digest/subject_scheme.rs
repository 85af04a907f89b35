//! The canonical form of a scheme that grades subjects.

use serde_json::{Value as Json, json};
use zhiheng_base::Decimal;

use super::{by_key, formula, with_head};
use crate::model::{Grades, SubjectScheme, Wait};

pub(super) fn form(scheme: &SubjectScheme) -> Json {
    let number = |value: Decimal| value.normalize().to_string();
    let optional = |one: &Option<crate::Formula>| one.as_ref().map(formula);
    let items = by_key(&scheme.items, |item| {
        let form = json!({
            "name": item.name,
            "points": number(item.points),
            "where": formula(&item.filter),
            "sum": optional(&item.sum),
            "months": item.months,
            "valid": item.valid,
            "falls": item.falls,
            // Decimals go to text by serde, so the form stays free of floats.
            "score": serde_json::to_value(&item.score).unwrap_or(Json::Null),
        });
        (item.id.clone(), form)
    });
    let order: Vec<&str> = scheme.items.iter().map(|item| item.id.as_str()).collect();
    let grades = match &scheme.grades {
        Grades::Bands(bands) => by_key(bands, |band| {
            (band.grade.clone(), json!({ "name": band.name, "from": number(band.from) }))
        }),
        Grades::Ladder(rungs) => by_key(rungs, |rung| {
            let after = rung.after.map(|wait| match wait {
                Wait::Months(months) => json!(months),
                Wait::NextYear => json!("next-year"),
            });
            let form = json!({ "name": rung.name, "from": number(rung.from), "after": after,
                "asks": optional(&rung.asks), "clock": rung.clock });
            (rung.grade.clone(), form)
        }),
    };
    let vetoes: Vec<Json> = (scheme.vetoes.iter())
        .map(|veto| {
            json!({ "where": formula(&veto.filter), "months": veto.months, "grade": veto.grade, "says": veto.says })
        })
        .collect();
    let own = json!({
        "of": scheme.of,
        "holder": scheme.holder,
        "valid": scheme.valid,
        "where": optional(&scheme.filter),
        "doubtful": optional(&scheme.doubtful),
        "internal": scheme.internal,
        "full": number(scheme.full),
        "round": scheme.round,
        "items": items,
        "order": order,
        "ladder": matches!(scheme.grades, Grades::Ladder(_)),
        "grades": grades,
        "grade_order": scheme.grade_codes(),
        "vetoes": vetoes,
    });
    with_head(&scheme.head, own)
}
