//! Sampled batches and farm-product samples.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use zhiheng_base::words::{Lang, say};
use zhiheng_base::{Level, RegionCode, Regions};

use super::plan::{Plan, Year};
use super::spread::{mark, one_of, organisation, pick, split};
use super::table::{FileOfRecords, titles};

/// Makers of each county, so that the same maker is sampled again in later years.
const MAKERS_EACH_COUNTY: u64 = 60;

const HEADERS: [&str; 16] = [
    "task",
    "sample_no",
    "level",
    "sampled_on",
    "sampled_in",
    "link",
    "product",
    "standard",
    "producer",
    "producer_name",
    "seller",
    "seller_name",
    "size",
    "industry",
    "conclusion",
    "failed_items",
];

/// Supervised sampling, every year of the plan.
pub(super) fn batches(plan: &Plan, regions: &Regions, rng: &mut ChaCha8Rng) -> FileOfRecords {
    let mut rows = Vec::new();
    for year in &plan.sampling {
        let counts = counties_of(plan, year);
        let pending = split(plan.pending.each_year, &vec![1.0; counts.len()], None);
        for (i, county) in plan.county.iter().enumerate() {
            let (n, conform) = counts[i];
            county_batches(plan, regions, rng, &mut rows, year.year, &county.code, i, n, conform, pending[i]);
        }
    }
    FileOfRecords {
        of: "sampling.batch",
        name: "sampling-batches.csv",
        published: false,
        headers: titles(&HEADERS),
        rows,
    }
}

/// Batches and conforming batches of each county, adding up to the year's figures.
fn counties_of(plan: &Plan, year: &Year) -> Vec<(u64, u64)> {
    let fixed: Vec<Option<(u64, u64)>> = plan
        .county
        .iter()
        .map(|county| {
            plan.fixed
                .iter()
                .find(|fixed| fixed.region == county.code && fixed.year == year.year)
                .map(|fixed| (fixed.batches, fixed.conform))
        })
        .collect();
    let free: Vec<usize> = (0..plan.county.len()).filter(|&i| fixed[i].is_none()).collect();
    let given: (u64, u64) = fixed.iter().flatten().fold((0, 0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let shares: Vec<f64> = free.iter().map(|&i| f64::from(plan.county[i].share)).collect();
    let batches = split(year.batches - given.0, &shares, None);
    let risks: Vec<f64> = free.iter().zip(&batches).map(|(&i, n)| plan.county[i].risk * *n as f64).collect();
    let failed = split(year.batches - year.conform - (given.0 - given.1), &risks, Some(&batches));
    let mut counts: Vec<(u64, u64)> = fixed.into_iter().map(Option::unwrap_or_default).collect();
    for (k, &i) in free.iter().enumerate() {
        counts[i] = (batches[k], batches[k] - failed[k]);
    }
    counts
}

#[expect(clippy::too_many_arguments, reason = "one row of the plan, spelled out")]
fn county_batches(
    plan: &Plan,
    regions: &Regions,
    rng: &mut ChaCha8Rng,
    rows: &mut Vec<Vec<String>>,
    year: i16,
    county: &str,
    county_idx: usize,
    n: u64,
    conform: u64,
    pending: u64,
) {
    let code = RegionCode::parse(county).expect("a county code of the plan");
    let towns = regions.descendants(code, Level::Township);
    let product_weights: Vec<f64> = plan.product.iter().map(|product| product.weight).collect();
    let size_weights: Vec<f64> = plan.size.iter().map(|size| size.weight).collect();
    let picks: Vec<(usize, usize)> =
        (0..n + pending).map(|_| (pick(rng, &product_weights), pick(rng, &size_weights))).collect();
    let risks: Vec<f64> =
        picks[..n as usize].iter().map(|&(p, s)| plan.product[p].risk * plan.size[s].risk).collect();
    let failed = mark(rng, n - conform, &risks);
    for (i, &(p, s)) in picks.iter().enumerate() {
        let product = &plan.product[p];
        let conclusion = match failed.get(i) {
            None => "pending",
            Some(true) => "nonconform",
            Some(false) => "conform",
        };
        // Batches still out were sampled in December; the others through the year, more of them in spring and autumn.
        let month = if conclusion == "pending" {
            12
        } else {
            [3, 4, 5, 6, 8, 9, 10, 11, 3, 5, 9, 10, 2, 7, 12][rng.random_range(0..15)]
        };
        let day = rng.random_range(1..=28);
        let town = if towns.is_empty() { code } else { towns[rng.random_range(0..towns.len())].code };
        let maker = county_idx as u64 * 1000 + p as u64 * 60 + rng.random_range(0..MAKERS_EACH_COUNTY / 6);
        let link = one_of(rng, &plan.mix.link);
        let shop = 900_000 + county_idx as u64 * 100 + rng.random_range(0..40);
        let items =
            if conclusion == "nonconform" { failed_items(rng, &product.items) } else { String::new() };
        let sold = link == "circulation";
        rows.push(vec![
            format!("DX{year}-{:02}", (month - 1) / 3 + 1),
            format!("{county}{year}{i:04}"),
            one_of(rng, &plan.mix.level).to_owned(),
            format!("{year}-{month:02}-{day:02}"),
            town.to_string(),
            link.to_owned(),
            product.code.clone(),
            product.standard.clone(),
            organisation(maker),
            say(
                Lang::Zh,
                "demo-maker",
                &[("region", regions.name(code).unwrap_or(county)), ("n", &format!("{maker:05}"))],
            ),
            if sold { organisation(shop) } else { String::new() },
            if sold {
                say(
                    Lang::Zh,
                    "demo-shop",
                    &[("region", regions.name(code).unwrap_or(county)), ("n", &format!("{shop:06}"))],
                )
            } else {
                String::new()
            },
            plan.size[s].code.clone(),
            product.industry.clone(),
            conclusion.to_owned(),
            items,
        ]);
    }
}

fn failed_items(rng: &mut ChaCha8Rng, items: &[String]) -> String {
    // The first item of the list is the usual fault; a second one is rare.
    let weights: Vec<f64> = (0..items.len()).map(|i| 1.0 / (i + 1) as f64).collect();
    let first = pick(rng, &weights);
    let mut text = items[first].clone();
    if items.len() > 1 && rng.random_range(0..8) == 0 {
        text.push(';');
        text.push_str(&items[(first + 1) % items.len()]);
    }
    text
}

/// Routine monitoring of farm products.
pub(super) fn farm_samples(plan: &Plan, rng: &mut ChaCha8Rng) -> FileOfRecords {
    let mut rows = Vec::new();
    for farm in &plan.farm {
        let failed = mark(rng, farm.samples - farm.conform, &vec![1.0; farm.samples as usize]);
        for i in 0..farm.samples as usize {
            let county = &plan.county[i % plan.county.len()].code;
            let class = one_of(rng, &plan.mix.farm_class);
            rows.push(vec![
                format!("N{}-{i:05}", farm.year),
                class.to_owned(),
                format!("{}-{:02}-{:02}", farm.year, rng.random_range(1..=12), rng.random_range(1..=28)),
                county.clone(),
                if failed[i] { "nonconform" } else { "conform" }.to_owned(),
            ]);
        }
    }
    FileOfRecords {
        of: "agriculture.sample",
        name: "farm-samples.csv",
        published: false,
        headers: titles(&["sample_no", "class", "sampled_on", "sampled_in", "conclusion"]),
        rows,
    }
}
