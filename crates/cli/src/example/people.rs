//! What people say and what happens to them: interviews of a satisfaction survey, injury cards of sentinel hospitals.

use std::f64::consts::TAU;

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use zhiheng_base::{Date, Period, PeriodKind};

use super::plan::{Cluster, Injury, Plan, Stratum};
use super::spread::one_of;
use super::table::{FileOfRecords, titles};

/// Interviews: each person has an attitude of its own around that of the sampling point, and answers around it.
pub(super) fn interviews(plan: &Plan, rng: &mut ChaCha8Rng) -> FileOfRecords {
    let survey = &plan.satisfaction;
    let first = Period::parse(&survey.first_day).expect("a day of the plan").start();
    let mut headers = titles(&[
        "survey",
        "answer_no",
        "asked_on",
        "lives_in",
        "subject",
        "stratum",
        "point",
        "points_in_stratum",
        "weight",
    ]);
    headers.extend(survey.question.iter().map(|question| question.id.clone()));
    let mut rows = Vec::new();
    for stratum in &survey.stratum {
        for point in 1..=survey.points {
            let here = stratum.mean + 0.35 * normal(rng);
            for _ in 0..survey.each {
                let no = rows.len() + 1;
                let day = days_after(first, rng.random_range(0..survey.days));
                rows.push(interview(plan, stratum, (point, here), (no, day), rng));
            }
        }
    }
    FileOfRecords { of: "satisfaction.answer", name: "satisfaction.csv", published: false, headers, rows }
}

fn interview(
    plan: &Plan,
    stratum: &Stratum,
    (point, here): (u64, f64),
    (no, day): (usize, Date),
    rng: &mut ChaCha8Rng,
) -> Vec<String> {
    let survey = &plan.satisfaction;
    let weight = stratum.households as f64 / (survey.points * survey.each) as f64;
    let mut row = vec![
        survey.survey.clone(),
        format!("{no:05}"),
        day.to_string(),
        stratum.region.clone(),
        one_of(rng, &survey.subject).to_owned(),
        stratum.region.clone(),
        format!("{}-{point:02}", stratum.region),
        stratum.points.to_string(),
        format!("{weight:.6}"),
    ];
    let own = here + 1.1 * normal(rng);
    for question in &survey.question {
        let mark = (own + question.shift + 0.9 * normal(rng)).round().clamp(1.0, 10.0);
        // A few cannot say.
        row.push(if rng.random_range(0..40) == 0 { String::new() } else { mark.to_string() });
    }
    row
}

/// Injury cards, week by week.
pub(super) fn injuries(plan: &Plan, rng: &mut ChaCha8Rng) -> FileOfRecords {
    let injury = &plan.injury;
    let day = |text: &str| Period::parse(text).expect("a day of the plan").start();
    let (mut week, last) = (
        Period::of(PeriodKind::Week, day(&injury.first_day)).expect("a week of the plan"),
        day(&injury.last_day),
    );
    let mut rows = Vec::new();
    let mut standing: Option<(&Cluster, u64)> = None;
    while week.start() <= last {
        let number = f64::from(week.start().iso_week_date().week());
        let mean =
            injury.each_week * (1.0 + injury.season * (TAU * (number - injury.peak_week) / 52.0).cos());
        for _ in 0..poisson(rng, mean) {
            card(plan, injury, None, week, &mut rows, rng);
        }
        let begins = injury.cluster.iter().find(|cluster| cluster.week == week.to_string());
        standing = begins.map(|cluster| (cluster, cluster.weeks)).or(standing);
        if let Some((cluster, left)) = standing {
            for _ in 0..cluster.cases {
                card(plan, injury, Some(cluster), week, &mut rows, rng);
            }
            standing = (left > 1).then_some((cluster, left - 1));
        }
        week = week.next().expect("a week of the plan");
    }
    FileOfRecords {
        of: "injury.card",
        name: "injuries.csv",
        published: false,
        headers: titles(&[
            "hospital",
            "card_no",
            "visited_on",
            "happened_in",
            "sex",
            "age",
            "cause",
            "place",
            "severity",
            "outcome",
            "product",
        ]),
        rows,
    }
}

fn card(
    plan: &Plan,
    injury: &Injury,
    cluster: Option<&Cluster>,
    week: Period,
    rows: &mut Vec<Vec<String>>,
    rng: &mut ChaCha8Rng,
) {
    let county = &plan.county[rng.random_range(0..plan.county.len())].code;
    let severity = one_of(rng, &injury.severity);
    let day = days_after(week.start(), rng.random_range(0..7));
    rows.push(vec![
        format!("H{county}"),
        format!("{:06}", rows.len() + 1),
        day.to_string(),
        county.clone(),
        rng.random_range(1..=2).to_string(),
        rng.random_range(1..=85).to_string(),
        cluster.map_or_else(|| one_of(rng, &injury.cause).to_owned(), |cluster| cluster.cause.clone()),
        cluster.map_or_else(|| one_of(rng, &injury.place).to_owned(), |_| "home".to_owned()),
        severity.to_owned(),
        if severity == "heavy" { "admitted" } else { "home" }.to_owned(),
        cluster.map_or_else(|| one_of(rng, &injury.product).to_owned(), |cluster| cluster.product.clone()),
    ]);
}

fn days_after(first: Date, days: i64) -> Date {
    (0..days).fold(first, |day, _| day.tomorrow().unwrap_or(day))
}

/// A standard normal number (Box and Muller).
fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let radius = (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt();
    radius * (TAU * rng.random::<f64>()).cos()
}

/// A Poisson number by multiplying chances (Knuth); means are small.
fn poisson(rng: &mut ChaCha8Rng, mean: f64) -> u64 {
    let (limit, mut product, mut n) = ((-mean).exp(), rng.random::<f64>(), 0);
    while product > limit {
        product *= rng.random::<f64>();
        n += 1;
    }
    n
}
