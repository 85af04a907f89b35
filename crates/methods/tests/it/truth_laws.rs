//! Laws of data truth that hold for all values, and what it refuses.

use proptest::prelude::*;
use zhiheng_methods::random::Stream;
use zhiheng_methods::truth::benford::{self, Digits};
use zhiheng_methods::truth::bunching::{Reached, jump, sides, window};
use zhiheng_methods::truth::duplicates::{best_matches, blocks, groups, near};
use zhiheng_methods::truth::outlier::{
    Ends, Middle, Quartiles, adjusted, esd, hampel, mad, medcouple, tukey,
};
use zhiheng_methods::truth::{decimals_of, heaping, last_digit, smooth};

/// Whole numbers and values of many sizes, with ties.
fn values() -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![
        (-20..20_i32).prop_map(f64::from),
        (-1e6..1e6_f64),
        any::<f64>().prop_filter("finite", |value| value.is_finite()),
    ];
    prop_oneof![
        prop::collection::vec(value, 0..60),
        prop::collection::vec((-20..20_i32).prop_map(f64::from), 0..200),
        prop::collection::vec(-1e3..1e3_f64, 0..200),
    ]
}

/// Distinct values that no scaling brings to overflow.
fn tame() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::hash_set(-10_000..10_000_i32, 16..150).prop_map(|set| {
        let mut all: Vec<f64> = set.into_iter().map(|k| f64::from(k) / 8.0).collect();
        all.sort_by(f64::total_cmp);
        Stream::new(5, all.len() as u64).shuffle(&mut all);
        all
    })
}

fn shuffled(values: &[f64], seed: u64) -> Vec<f64> {
    let mut values = values.to_vec();
    Stream::new(seed, 1).shuffle(&mut values);
    values
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    /// Whatever comes in, what comes out is a number or a refusal.
    #[test]
    fn nothing_panics_and_nothing_is_nan(x in values(), a in any::<f64>(), k in 0..12_usize) {
        for which in [Digits::First, Digits::Second, Digits::FirstTwo, Digits::FirstThree] {
            if let Ok(it) = benford::test(&x, which, 0.0) {
                prop_assert!(it.chi_square.is_finite() && (0.0..=1.0).contains(&it.distance_p_value));
            }
        }
        for it in [last_digit::single(&x, k as u32), last_digit::pairs(&x, k as u32)].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&it.p_value) && (0.0..=1.0).contains(&it.marked.p_value));
        }
        if let Ok(it) = heaping::at_round(&x, 0, a, 0.95) {
            prop_assert!((0.0..=1.0).contains(&it.p_value));
        }
        let _ = heaping::myers(&x, 10);
        for reached in [Reached::Above, Reached::Below] {
            if let Ok(it) = window(&x, 0.0, a, k as u32, reached, 0.95) {
                prop_assert!((0.0..=1.0).contains(&it.p_value));
            }
            let _ = sides(&x, a, 3.0, reached, 0.95);
        }
        for it in [jump(&x, 0.0, None, None), jump(&x, 0.0, Some(a), None), jump(&x, a, None, Some(5.0))].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&it.p_value), "{it:?}");
        }
        if let Ok(it) = smooth::ratio(&x) {
            prop_assert!((0.0..=1.0).contains(&it.smooth_p_value) && (0.0..=1.0).contains(&it.rough_p_value));
        }
        let _ = smooth::stretches(&x, k, a);
        for it in [
            mad(&x, a),
            tukey(&x, a, Quartiles::Hinges),
            tukey(&x, 1.5, Quartiles::Interpolated),
            adjusted(&x, 1.5, Quartiles::Hinges, Middle::LikeR).map(|it| it.0),
        ].into_iter().flatten() {
            prop_assert!(it.low <= it.centre && it.centre <= it.high, "{it:?}");
        }
        if let Ok(it) = esd(&x, k, a) {
            prop_assert!(it.steps.iter().all(|step| step.statistic.is_finite() && step.critical.is_finite()));
        }
        if let Ok(it) = hampel(&x, k, a, Ends::Shorten) {
            prop_assert!(it.filtered.iter().all(|value| value.is_finite()));
        }
        let bits: Vec<u64> = x.iter().map(|value| value.to_bits()).collect();
        let _ = (blocks(&bits, k), groups(&bits), near(&[x.clone(), x.clone()], &[a, 0.0], k));
    }

    /// Tests of sets do not see the order of the rows.
    #[test]
    fn order_does_not_matter(x in tame(), seed in 0..1000_u64) {
        let y = shuffled(&x, seed);
        let bits = |x: &[f64]| medcouple(x, Middle::Mean).unwrap().to_bits();
        prop_assert_eq!(bits(&x), bits(&y));
        let (a, b) = (tukey(&x, 1.5, Quartiles::Hinges).unwrap(), tukey(&y, 1.5, Quartiles::Hinges).unwrap());
        prop_assert_eq!((a.low, a.high, a.rows.len()), (b.low, b.high, b.rows.len()));
        let (a, b) = (esd(&x, 3, 0.05).unwrap(), esd(&y, 3, 0.05).unwrap());
        prop_assert_eq!(a.outliers, b.outliers);
        if let (Ok(a), Ok(b)) = (jump(&x, 0.0, Some(50.0), Some(400.0)), jump(&y, 0.0, Some(50.0), Some(400.0))) {
            prop_assert_eq!(a, b);
        }
    }

    /// Fences move and stretch with the values; powers of two lose no digits.
    #[test]
    fn fences_follow_the_unit(x in tame(), shift in -4096..4096_i32, power in -20..20_i32, sign in prop_oneof![Just(1.0), Just(-1.0)]) {
        let (shift, scale) = (f64::from(shift), sign * 2_f64.powi(power));
        let y: Vec<f64> = x.iter().map(|x| (x + shift) * scale).collect();
        for (a, b) in [
            (mad(&x, 3.5), mad(&y, 3.5)),
            (tukey(&x, 1.5, Quartiles::Hinges), tukey(&y, 1.5, Quartiles::Hinges)),
            (
                adjusted(&x, 1.5, Quartiles::Hinges, Middle::Mean).map(|it| it.0),
                adjusted(&y, 1.5, Quartiles::Hinges, Middle::Mean).map(|it| it.0),
            ),
        ] {
            let (a, b) = (a.unwrap(), b.unwrap());
            let [low, high] = [a.low, a.high].map(|fence| (fence + shift) * scale);
            let (low, high) = if scale > 0.0 { (low, high) } else { (high, low) };
            let size = scale.abs() * 1e5;
            prop_assert!((b.low - low).abs() < 1e-9 * size && (b.high - high).abs() < 1e-9 * size);
        }
        let (a, b) = (medcouple(&x, Middle::Mean).unwrap(), medcouple(&y, Middle::Mean).unwrap());
        prop_assert!((a * sign - b).abs() < 1e-12, "{a} {b}");
        // Quarters of an eighth are not exact in a sum, so ranks only where the shift is.
        let (a, b) = (smooth::ratio(&x).unwrap(), smooth::ratio(&y).unwrap());
        prop_assert!((a.ratio - b.ratio).abs() < 1e-12);
    }

    /// A tenfold scale changes no leading digit; a copy of the whole changes no share.
    #[test]
    fn digits_follow_the_law_of_scale(seed in 0..10_000_u64, power in -12..12_i32) {
        let mut stream = Stream::new(seed, 0);
        let x: Vec<f64> = (0..200).map(|_| (stream.normal() * 3.0 + 8.0).exp()).collect();
        let y: Vec<f64> = x.iter().map(|x| format!("{x}e{power}").parse().unwrap()).collect();
        let (a, b) = (benford::test(&x, Digits::First, 0.0).unwrap(), benford::test(&y, Digits::First, 0.0).unwrap());
        prop_assert_eq!(&a.cells, &b.cells);
        let twice = benford::test(&[x.clone(), y].concat(), Digits::First, 0.0).unwrap();
        prop_assert!((twice.mad - a.mad).abs() < 1e-15 && (twice.chi_square - 2.0 * a.chi_square).abs() < 1e-9);
    }

    /// A block that is planted is found, at its place or longer.
    #[test]
    fn planted_copies_are_found(seed in 0..10_000_u64, first in 0..60_usize, length in 5..30_usize) {
        let mut stream = Stream::new(seed, 0);
        let mut x: Vec<u64> = (0..200).map(|_| stream.below(50)).collect();
        let second = first + 100;
        x.copy_within(first..first + length, second);
        let varies = x[first..first + length].windows(2).any(|pair| pair[0] != pair[1]);
        let found = blocks(&x, 5).unwrap();
        let hit = found.iter().any(|it| it.first <= first && it.second <= second && it.first + it.length >= first + length);
        prop_assert!(hit || !varies, "{found:?}");
        for it in &found {
            prop_assert_eq!(&x[it.first..it.first + it.length], &x[it.second..it.second + it.length]);
        }
    }

    /// The sweep finds what comparing every pair finds.
    #[test]
    fn near_pairs_equal_all_pairs(cells in prop::collection::vec((0..6_i32, 0..6_i32, 0..6_i32), 2..40), differing in 0..3_usize, within in 0..2_i32) {
        let within = f64::from(within);
        let columns: Vec<Vec<f64>> = [0, 1, 2].map(|c| cells.iter().map(|cell| f64::from([cell.0, cell.1, cell.2][c])).collect::<Vec<_>>()).to_vec();
        let found = near(&columns, &[within; 3], differing).unwrap();
        let mut expected = Vec::new();
        for a in 0..cells.len() {
            for b in a + 1..cells.len() {
                let apart = columns.iter().filter(|column| (column[a] - column[b]).abs() > within).count();
                if apart <= differing {
                    expected.push((a, b, apart));
                }
            }
        }
        let found: Vec<_> = found.iter().map(|it| (it.first, it.second, it.differing)).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn bad_questions_are_refused() {
    let said = |result: Result<(), zhiheng_methods::Refusal>| result.unwrap_err().to_string();
    let rates: Vec<f64> = (0..300).map(|i| 90.0 + f64::from(i % 100) / 10.0).collect();
    assert!(said(benford::test(&rates, Digits::First, 0.0).map(drop)).contains("orders of magnitude"));
    assert_eq!(said(benford::test(&[1.0; 20], Digits::First, 0.0).map(drop)), "values: 20 found, 110 needed");
    assert!(said(benford::test(&[f64::NAN], Digits::First, 0.0).map(drop)).contains("not a finite"));
    assert!(said(last_digit::single(&rates[..60], 0).map(drop)).contains("more than 0 decimals"));
    assert!(said(last_digit::single(&rates, 1).map(drop)).contains("units of the last digit"));
    assert!(said(heaping::at_round(&rates, 1, 0.1, 0.95).map(drop)).contains("base"));
    assert!(said(mad(&[1.0, 1.0, 1.0, 9.0], 3.5).map(drop)).contains("more than half"));
    assert!(said(tukey(&[1.0; 9], 1.5, Quartiles::Hinges).map(drop)).contains("does not vary"));
    assert!(said(esd(&[1.0; 30], 2, 0.05).map(drop)).contains("does not vary"));
    assert!(said(smooth::ratio(&[2.0; 9]).map(drop)).contains("does not vary"));
    assert!(said(smooth::counts(&[0; 9], &[1.0; 9]).map(drop)).contains("does not vary"));
    assert!(said(smooth::rates(&[9; 9], &[9; 9]).map(drop)).contains("does not vary"));
    assert!(said(smooth::rates(&[1, 2, 3, 4, 9], &[5; 5]).map(drop)).contains("9 events of 5"));
    assert!(said(best_matches::<u8>(&[vec![None], vec![]]).map(drop)).contains("rows has 0"));
    assert_eq!(said(near(&[], &[], 0).map(drop)), "columns has no values");
}

/// Copied forms stand out, others agree by chance only.
#[test]
fn a_copied_form_is_the_best_match() {
    let mut stream = Stream::new(11, 0);
    let mut rows: Vec<Vec<Option<u64>>> =
        (0..40).map(|_| (0..80).map(|_| Some(stream.below(5))).collect()).collect();
    rows[33] = rows[7].clone();
    rows[33][4] = None;
    rows[12][0..79].fill(None);
    let found = best_matches(&rows).expect("40 forms");
    let copies: Vec<_> =
        found.iter().filter(|it| it.share > 0.85).map(|it| (it.row, it.other, it.compared)).collect();
    assert_eq!(copies, [(7, 33, 79), (33, 7, 79)]);
    assert!(found.iter().all(|it| it.row != 12));
    assert_eq!(decimals_of(["1.50", " 2.125 ", "x.y1", ""]), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    /// Any bytes are read or refused with a place; what was written comes back.
    #[test]
    fn csv_files_are_read_or_refused(
        bytes in prop::collection::vec(prop_oneof![Just(b','), Just(b'"'), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..60),
        cells in prop::collection::vec(prop::collection::vec("[a,\"\r\n\u{4e2d}]{0,4}", 3), 0..6),
    ) {
        use zhiheng_methods::run::Frame;
        if let Err(fault) = Frame::from_csv(&bytes) {
            prop_assert!(fault.row >= 1);
        }
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let lines: Vec<String> = cells.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",")).collect();
        let frame = Frame::from_csv(format!("x,y,z\r\n{}\n", lines.join("\n")).as_bytes()).unwrap();
        for (column, name) in ["x", "y", "z"].into_iter().enumerate() {
            let expected: Vec<&String> = cells.iter().map(|row| &row[column]).collect();
            prop_assert_eq!(frame.texts(name).unwrap().iter().collect::<Vec<_>>(), expected);
        }
    }
}
