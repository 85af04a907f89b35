//! Laws of the disproportionality methods that hold for all tables.

use proptest::prelude::*;
use zhiheng_methods::disproportionality::gps::{self, Prior};
use zhiheng_methods::disproportionality::ratio::{self, Z};
use zhiheng_methods::disproportionality::squash::{Point, Squash, squash};
use zhiheng_methods::disproportionality::table::{Count, Mention, from_counts, from_mentions};
use zhiheng_methods::disproportionality::{Contingency, information, prior};

fn table() -> impl Strategy<Value = Contingency> {
    let cell = || prop_oneof![Just(0_u64), 0..10_u64, 0..5000_u64, 0..10_000_000_u64];
    (cell(), cell(), cell(), cell()).prop_map(|(a, b, c, d)| Contingency { a, b, c, d })
}

fn a_prior() -> impl Strategy<Value = Prior> {
    (0.05..30.0_f64, 0.01..30.0_f64, 0.05..30.0_f64, 0.01..30.0_f64, 0.001..0.999_f64)
        .prop_map(|(alpha1, beta1, alpha2, beta2, p)| Prior { alpha1, beta1, alpha2, beta2, p })
}

fn near(a: f64, b: f64, within: f64) -> bool {
    // infinities of one sign are alike
    a.total_cmp(&b).is_eq() || (a - b).abs() <= within * a.abs().max(b.abs())
}

fn alike(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => near(a, b, 1e-12),
        (a, b) => a == b,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn product_and_event_can_change_places(table in table()) {
        let turned = Contingency { b: table.c, c: table.b, ..table };
        let (here, there) = (ratio::ror(&table, Z), ratio::ror(&turned, Z));
        for (a, b) in [(here.estimate, there.estimate), (here.low, there.low), (here.high, there.high)] {
            prop_assert!(alike(a, b));
        }
        let (here, there) = (ratio::chi_square(&table), ratio::chi_square(&turned));
        prop_assert!(alike(here, there));
        let (plain, yates) = (ratio::chi_square(&table), ratio::chi_square_yates(&table));
        prop_assert!(yates.is_none_or(|yates| yates >= 0.0 && plain.is_some_and(|plain| yates <= plain)));
        if table.a + table.b + table.c + table.d > 0 {
            let (here, there) = (information::bcpnn(&table, Z).unwrap(), information::bcpnn(&turned, Z).unwrap());
            prop_assert!((here.ic - there.ic).abs() < 1e-9 && here.low <= here.ic && here.low.is_finite());
            let bate = information::bcpnn_bate(&table, Z).unwrap();
            prop_assert!(bate.low <= bate.ic && bate.ic.is_finite());
        }
    }

    #[test]
    fn the_others_have_the_reciprocal_ratio(table in table()) {
        let others = Contingency { a: table.c, b: table.d, c: table.a, d: table.b };
        if let (Some(here), Some(there)) = (ratio::prr(&table, Z).estimate, ratio::prr(&others, Z).estimate) {
            prop_assert!(near(here * there, 1.0, 1e-12) || here * there == 0.0 || (here * there).is_nan());
        }
    }

    #[test]
    fn information_lies_in_its_interval(n in prop_oneof![0..5_u64, 0..100_000_u64], expected in 0.0..1e5_f64) {
        let exact = information::exact(n, expected, 0.95).unwrap();
        // the mean of the gamma distribution lies above its 2.5 % quantile always, below its 97.5 % one too
        prop_assert!(exact.low < exact.ic && exact.ic < exact.high);
        let shrunk = information::shrunk(n, expected).unwrap();
        prop_assert!((shrunk.ic - exact.ic).abs() < 1e-12 * exact.ic.abs().max(1.0));
        prop_assert!(shrunk.low < shrunk.ic && shrunk.ic < shrunk.high);
    }

    #[test]
    fn reports_one_by_one_are_counts(rows in proptest::collection::vec((0..6_u32, 0..5_u32), 1..120), turn in 0..120_usize) {
        let counts: Vec<Count> = rows.iter().map(|&(product, event)| Count { product, event, n: 1 }).collect();
        let one = |(i, &(product, event)): (usize, &(u32, u32))| Mention { report: i as u32, stratum: 0, product, event };
        let mentions: Vec<Mention> = rows.iter().enumerate().map(one).collect();
        let pairs = from_counts(&counts).unwrap();
        prop_assert_eq!(&pairs, &from_mentions(&mentions).unwrap());
        let mut turned = counts;
        let by = turn % turned.len();
        turned.rotate_left(by);
        prop_assert_eq!(&pairs, &from_counts(&turned).unwrap());
        // naming a pair twice changes nothing; each pair's reports and the others make up the whole
        let twice: Vec<Mention> = mentions.iter().chain(&mentions).copied().collect();
        prop_assert_eq!(&pairs, &from_mentions(&twice).unwrap());
        prop_assert_eq!(pairs.iter().map(|pair| pair.table.a).sum::<u64>(), rows.len() as u64);
        prop_assert!(pairs.iter().all(|pair| near(pair.table.total(), rows.len() as f64, 0.0)));
    }

    /// Strata in which product and event are spread alike add up to the expected count of the whole.
    #[test]
    fn equal_strata_merge(rows in proptest::collection::vec((0..5_u32, 0..4_u32), 1..60), strata in 2..4_u32) {
        let mention = |stratum: u32, report: u32, (product, event): (u32, u32)| Mention { report, stratum, product, event };
        let n = rows.len() as u32;
        let all = |split: bool| {
            let row = |s: u32| {
                let rows = rows.clone();
                (0..n).map(move |i| mention(if split { s } else { 0 }, s * n + i, rows[i as usize]))
            };
            from_mentions(&(0..strata).flat_map(row).collect::<Vec<_>>()).unwrap()
        };
        for (whole, parts) in all(false).iter().zip(&all(true)) {
            prop_assert_eq!(whole.table, parts.table);
            prop_assert!(near(whole.expected, parts.expected, 1e-12));
        }
    }

    #[test]
    fn shrinkage_scales_rises_and_inverts(of in a_prior(), n in prop_oneof![0..4_u64, 0..3000_u64], expected in 0.001..500.0_f64, by in 0.01..100.0_f64, p in 0.0005..0.9995_f64) {
        let it = gps::posterior(&of, n, expected).unwrap();
        prop_assert!(it.ebgm > 0.0 && it.ebgm.is_finite() && (0.0..=1.0).contains(&it.q));
        let scaled = Prior { beta1: of.beta1 * by, beta2: of.beta2 * by, ..of };
        let other = gps::posterior(&scaled, n, expected * by).unwrap();
        prop_assert!(near(it.ebgm, other.ebgm * by, 1e-9), "{} {}", it.ebgm, other.ebgm * by);
        let quantile = it.quantile(p).unwrap();
        prop_assert!((it.below(quantile) - p).abs() < 1e-10, "{quantile} {}", it.below(quantile));
        prop_assert!(it.quantile(p / 2.0).unwrap() <= quantile);
        let same = Prior { alpha2: of.alpha1, beta2: of.beta1, ..of };
        let more = gps::posterior(&same, n + 1, expected).unwrap().ebgm;
        prop_assert!(more > gps::posterior(&same, n, expected).unwrap().ebgm);
    }

    #[test]
    fn squashing_keeps_weights_and_sums(pairs in proptest::collection::vec((1..4_u64, 0.001..50.0_f64), 1..400), keep in 0..20_usize, size in 1..30_usize, turn in 0..400_usize) {
        let how = Squash { keep: vec![keep, 3], cut_offs: vec![60], points: vec![size, 10] };
        let points = squash(&pairs, &how).unwrap();
        let sum = |f: fn(&Point) -> f64| points.iter().map(f).sum::<f64>();
        prop_assert!(near(sum(|point| point.weight), pairs.len() as f64, 1e-12));
        prop_assert!(near(sum(|point| point.weight * point.expected), pairs.iter().map(|pair| pair.1).sum(), 1e-10));
        let mut turned = pairs.clone();
        let by = turn % pairs.len();
        turned.rotate_left(by);
        prop_assert_eq!(points, squash(&turned, &how).unwrap());
    }

    #[test]
    fn a_weight_of_two_is_a_point_twice(pairs in proptest::collection::vec((1..40_u64, 0.01..50.0_f64), 1..50), of in a_prior()) {
        let point = |&(n, expected): &(u64, f64)| Point { n, expected, weight: 1.0 };
        let once: Vec<Point> = pairs.iter().map(point).collect();
        let twice: Vec<Point> = once.iter().chain(&once).copied().collect();
        let heavy: Vec<Point> = once.iter().map(|point| Point { weight: 2.0, ..*point }).collect();
        for least in [0, 1] {
            let [a, b] = [&twice, &heavy].map(|points| prior::negative_log_likelihood(points, least, &of).unwrap());
            prop_assert!(near(a, b, 1e-10) || (a - b).abs() < 1e-9, "{a} {b}");
        }
    }
}

#[test]
fn bad_questions_are_refused() {
    let good = Prior { alpha1: 0.2, beta1: 0.1, alpha2: 2.0, beta2: 4.0, p: 0.3 };
    for bad in [
        Prior { alpha1: 0.0, ..good },
        Prior { beta2: f64::NAN, ..good },
        Prior { p: 1.0, ..good },
        Prior { alpha2: f64::INFINITY, ..good },
    ] {
        assert!(gps::posterior(&bad, 1, 1.0).is_err());
    }
    for expected in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(gps::posterior(&good, 1, expected).is_err());
        assert!(prior::fit(&[Point { n: 1, expected, weight: 1.0 }; 9], 1).is_err());
    }
    assert!(gps::posterior(&good, 1, 1.0).unwrap().quantile(0.0).is_err());
    assert!(prior::fit(&[], 1).is_err());
    // all pairs exactly as expected: no spread, so no prior
    let level: Vec<Point> = (1..200).map(|n| Point { n, expected: n as f64, weight: 1.0 }).collect();
    assert!(prior::fit(&level, 1).is_err());
    assert!(squash(&[(1, 1.0)], &Squash { keep: vec![], ..Squash::default() }).is_err());
    assert!(squash(&[(1, 1.0)], &Squash { points: vec![1], ..Squash::default() }).is_err());
    let mention = |report, stratum| Mention { report, stratum, product: 0, event: 0 };
    assert!(from_mentions(&[mention(1, 0), mention(1, 1)]).is_err() && from_mentions(&[]).is_err());
    let huge = Count { product: 0, event: 0, n: u64::MAX };
    assert!(from_counts(&[huge, huge]).is_err());
}
