//! Engineering works, pollutants, honours, standards, grades, certificates, output and quoted figures.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use zhiheng_base::Period;
use zhiheng_base::words::{Lang, say};

use super::plan::Plan;
use super::spread::{mark, one_of, organisation, split};
use super::table::{FileOfRecords, titles};

type Rows = Vec<Vec<String>>;

/// Every register of the plan.
pub(super) fn all(plan: &Plan, rng: &mut ChaCha8Rng) -> Vec<FileOfRecords> {
    let made = |of, name, headers: Vec<&str>, rows| FileOfRecords {
        of,
        name,
        published: false,
        headers: titles(&headers),
        rows,
    };
    vec![
        made(
            "engineering.acceptance",
            "engineering.csv",
            vec![
                "project",
                "project_name",
                "trade",
                "scale",
                "located_in",
                "accepted_on",
                "result",
                "excellent",
                "energy_standard",
            ],
            works(plan, rng),
        ),
        made(
            "environment.cut",
            "pollutants.csv",
            vec!["works", "pollutant", "located_in", "certified_on", "tonnes"],
            cuts(plan, rng),
        ),
        made(
            "brand.honour",
            "brands.csv",
            vec!["kind", "certificate", "item", "holder", "holder_name", "located_in", "granted_on"],
            honours(plan),
        ),
        made(
            "standards.item",
            "standards.csv",
            vec!["kind", "number", "title", "located_in", "issued_on"],
            standards(plan, rng),
        ),
        made(
            "credit.grade",
            "credit-grades.csv",
            vec!["scheme", "grade", "holder", "holder_name", "located_in", "graded_on"],
            grades(plan),
        ),
        made(
            "certification.certificate",
            "certificates.csv",
            vec!["kind", "number", "holder", "holder_name", "located_in", "state", "issued_on"],
            certificates(plan),
        ),
        made("base.output", "output.csv", vec!["region", "industry", "first_day", "output"], output(plan)),
        FileOfRecords {
            of: "reports.published_figure",
            name: "published-figures.csv",
            published: true,
            headers: titles(&["figure", "region", "first_day", "value", "source"]),
            rows: plan
                .published
                .iter()
                .map(|figure| {
                    let first = Period::parse(&figure.period).expect("a period of the plan").start();
                    let cells =
                        [&figure.figure, &figure.region, &first.to_string(), &figure.value, &figure.source];
                    cells.into_iter().cloned().collect()
                })
                .collect(),
        },
    ]
}

fn works(plan: &Plan, rng: &mut ChaCha8Rng) -> Rows {
    let mut rows = Vec::new();
    for year in &plan.engineering {
        let failed = mark(rng, year.projects - year.first, &vec![1.0; year.projects as usize]);
        for (i, failed) in failed.into_iter().enumerate() {
            let trade = one_of(rng, &plan.mix.trade);
            let scale = one_of(rng, &plan.mix.scale);
            let energy = if trade == "building" { "met" } else { "none" };
            let number = format!("GC{}-{i:04}", year.year);
            rows.push(vec![
                number.clone(),
                say(Lang::Zh, "demo-works", &[("n", &number)]),
                trade.to_owned(),
                scale.to_owned(),
                plan.county[i % plan.county.len()].code.clone(),
                format!("{}-{:02}-{:02}", year.year, rng.random_range(3..=12), rng.random_range(1..=28)),
                if failed { "fail" } else { "pass" }.to_owned(),
                (!failed && rng.random_range(0..10) < 8).to_string(),
                energy.to_owned(),
            ]);
        }
    }
    rows
}

fn cuts(plan: &Plan, rng: &mut ChaCha8Rng) -> Rows {
    let mut rows = Vec::new();
    for cut in &plan.cut {
        let total: Decimal = cut.tonnes.parse().expect("a decimal of the plan");
        let hundredths =
            u64::try_from((total * Decimal::ONE_HUNDRED).mantissa()).expect("tonnes are positive");
        let weights: Vec<f64> = (0..cut.works).map(|_| rng.random_range(0.5..2.0)).collect();
        for (i, part) in
            split(hundredths / 10_u64.pow((total * Decimal::ONE_HUNDRED).scale()), &weights, None)
                .into_iter()
                .enumerate()
        {
            rows.push(vec![
                say(Lang::Zh, "demo-cut", &[("n", &format!("{}-{:02}", cut.pollutant, i + 1))]),
                cut.pollutant.clone(),
                cut.region.clone(),
                format!("{}-12-20", cut.year),
                Decimal::new(part as i64, 2).to_string(),
            ]);
        }
    }
    rows
}

fn honours(plan: &Plan) -> Rows {
    let mut rows = Vec::new();
    for honour in &plan.honour {
        for i in 0..honour.items {
            let holder = i % honour.holders;
            let county = &plan.county[(holder as usize) % plan.county.len()].code;
            rows.push(vec![
                honour.kind.clone(),
                format!("{}-{:03}", honour.kind, i + 1),
                say(Lang::Zh, "demo-item", &[("n", &format!("{:03}", i + 1))]),
                organisation(800_000 + holder),
                say(Lang::Zh, "demo-holder", &[("n", &format!("{holder:03}"))]),
                county.clone(),
                format!("201{}-{:02}-15", 1 + i % 3, 1 + i % 12),
            ]);
        }
    }
    rows
}

fn standards(plan: &Plan, rng: &mut ChaCha8Rng) -> Rows {
    let mut rows = Vec::new();
    for item in &plan.standard_item {
        for i in 0..item.items {
            rows.push(vec![
                item.kind.clone(),
                format!("{}-{:04}", item.kind, i + 1),
                say(Lang::Zh, "demo-standard", &[("n", &format!("{:04}", i + 1))]),
                plan.county[i as usize % plan.county.len()].code.clone(),
                format!("20{:02}-{:02}-10", rng.random_range(8..=13), 1 + i % 12),
            ]);
        }
    }
    rows
}

fn grades(plan: &Plan) -> Rows {
    let mut rows = Vec::new();
    let mut serial = 0;
    for credit in &plan.credit {
        for i in 0..credit.items {
            serial += 1;
            rows.push(vec![
                credit.scheme.clone(),
                credit.grade.clone(),
                organisation(700_000 + serial),
                say(Lang::Zh, "demo-holder", &[("n", &format!("{serial:03}"))]),
                plan.county[i as usize % plan.county.len()].code.clone(),
                "2013-11-20".to_owned(),
            ]);
        }
    }
    rows
}

fn certificates(plan: &Plan) -> Rows {
    let mut rows = Vec::new();
    for certificate in &plan.certificate {
        for i in 1..=certificate.items {
            rows.push(vec![
                certificate.kind.clone(),
                format!("SY-{}-{i:03}", certificate.kind),
                organisation(600_000 + i),
                say(Lang::Zh, "demo-holder", &[("n", &format!("{i:03}"))]),
                certificate.region.clone(),
                "valid".to_owned(),
                format!("2010-{:02}-01", 1 + i % 12),
            ]);
        }
    }
    rows
}

fn output(plan: &Plan) -> Rows {
    let shares: Vec<f64> = plan.county.iter().map(|county| f64::from(county.share)).collect();
    let mut rows = Vec::new();
    for year in plan.sampling.iter().map(|year| year.year) {
        for output in &plan.output {
            for (county, part) in plan.county.iter().zip(split(output.yuan_10k, &shares, None)) {
                rows.push(vec![
                    county.code.clone(),
                    output.industry.clone(),
                    format!("{year}-01-01"),
                    part.to_string(),
                ]);
            }
        }
    }
    rows
}
