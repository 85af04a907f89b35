//! Double random: who goes where.

use std::collections::BTreeSet;

use proptest::prelude::*;
use zhiheng_plan::pair::{Interest, Pairing, pair};

use crate::codes;

fn names(letter: &str, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{letter}{i:03}")).collect()
}

fn interests(pairs: &[(usize, usize)]) -> Vec<Interest> {
    let one = |&(inspector, object): &(usize, usize)| Interest {
        inspector: format!("I{inspector:03}"),
        object: format!("O{object:03}"),
        reason: "近亲属任职".into(),
    };
    pairs.iter().map(one).collect()
}

fn loads(pairing: &Pairing) -> Vec<u64> {
    pairing.load.values().copied().collect()
}

#[test]
fn without_withdrawals_loads_differ_by_one_at_most() {
    for (objects, inspectors, each) in [(10, 4, 2), (7, 5, 2), (3, 3, 3), (50, 7, 2), (1, 9, 1)] {
        for seed in 0..20 {
            let pairing =
                pair(&names("O", objects), &names("I", inspectors), &[], each, seed).expect("a pairing");
            let loads = loads(&pairing);
            let (low, high) =
                (loads.iter().min().copied().unwrap_or(0), loads.iter().max().copied().unwrap_or(0));
            assert!(high - low <= 1, "{objects} {inspectors} {each} {seed}: {loads:?}");
            assert_eq!(loads.iter().sum::<u64>(), (objects * each) as u64);
        }
    }
}

#[test]
fn the_seed_alone_decides() {
    let (mut objects, inspectors) = (names("O", 12), names("I", 5));
    let first = pair(&objects, &inspectors, &[], 2, 7).expect("a pairing");
    objects.reverse();
    assert_eq!(pair(&objects, &inspectors, &[], 2, 7).expect("a pairing"), first);
    let others: BTreeSet<String> = (0..20)
        .map(|seed| format!("{:?}", pair(&objects, &inspectors, &[], 2, seed).expect("one").objects))
        .collect();
    assert_eq!(others.len(), 20);
}

#[test]
fn every_pair_is_equally_likely() {
    // 3 objects, 4 inspectors, 2 each: every inspector goes to an object with chance 1/2.
    let mut counts = [0_u64; 12];
    let n = 8_000;
    for seed in 0..n {
        let pairing = pair(&names("O", 3), &names("I", 4), &[], 2, seed).expect("a pairing");
        for (object, team) in pairing.objects.iter().enumerate() {
            for inspector in &team.inspectors {
                let inspector: usize = inspector[1..].parse().expect("a number");
                counts[object * 4 + inspector] += 1;
            }
        }
    }
    // standard deviation √(8000 × ¼) = 44.7; 4.5 of them over 12 cells happen once in 10⁵ such tests
    assert!(counts.iter().all(|&count| count.abs_diff(n / 2) < 201), "{counts:?}");
}

#[test]
fn what_cannot_be_is_named() {
    let barred = interests(&[(0, 2), (1, 2), (2, 2), (0, 1)]);
    let problems = pair(&names("O", 4), &names("I", 4), &barred, 2, 1).expect_err("refused");
    assert_eq!(codes(&problems), ["ZH8573"]);
    let said = ["object", "free", "withdrew", "each"].map(|arg| problems[0].args[arg].as_str());
    assert_eq!(said, ["O002", "1", "3", "2"]);
    let code = |objects: &[String], inspectors: &[String], each| {
        codes(&pair(objects, inspectors, &[], each, 1).expect_err("refused")).join(" ")
    };
    assert_eq!(code(&names("O", 2), &[], 1), "ZH8573 ZH8573");
    assert_eq!(code(&names("O", 2), &names("I", 2), 0), "ZH8577");
    assert_eq!(code(&[names("O", 2), names("O", 1)].concat(), &names("I", 2), 1), "ZH8575");
    assert_eq!(code(&names("O", 5000), &names("I", 5000), 1), "ZH8576");
}

/// The lowest heaviest load that any pairing has, by trying all.
fn best(objects: usize, inspectors: usize, barred: &BTreeSet<(usize, usize)>, each: usize) -> Option<u64> {
    fn go(
        object: usize,
        of: (usize, usize, usize),
        barred: &BTreeSet<(usize, usize)>,
        load: &mut [u64],
        best: &mut Option<u64>,
    ) {
        let (objects, inspectors, each) = of;
        let high = load.iter().max().copied().unwrap_or(0);
        if best.is_some_and(|best| high >= best) {
            return;
        }
        if object == objects {
            *best = Some(high);
            return;
        }
        for team in 0..1_u32 << inspectors {
            let free = (0..inspectors).all(|i| team >> i & 1 == 0 || !barred.contains(&(i, object)));
            if team.count_ones() as usize == each && free {
                (0..inspectors).filter(|i| team >> i & 1 == 1).for_each(|i| load[i] += 1);
                go(object + 1, of, barred, load, best);
                (0..inspectors).filter(|i| team >> i & 1 == 1).for_each(|i| load[i] -= 1);
            }
        }
    }
    let mut found = None;
    go(0, (objects, inspectors, each), barred, &mut vec![0; inspectors], &mut found);
    found
}

proptest! {
    /// Nobody with an interest goes, every team is complete, and no pairing at all has a lower heaviest load.
    #[test]
    fn withdrawals_hold_and_the_load_is_as_even_as_they_allow(
        objects in 1..6_usize,
        inspectors in 1..5_usize,
        each in 1..3_usize,
        barred in prop::collection::btree_set((0..5_usize, 0..6_usize), 0..14),
        seed: u64,
    ) {
        let pairs: Vec<(usize, usize)> = barred.iter().copied().collect();
        let result = pair(&names("O", objects), &names("I", inspectors), &interests(&pairs), each, seed);
        let inside: BTreeSet<(usize, usize)> =
            barred.into_iter().filter(|(inspector, object)| *inspector < inspectors && *object < objects).collect();
        match (best(objects, inspectors, &inside, each), result) {
            (None, Err(_)) => {}
            (Some(best), Ok(pairing)) => {
                prop_assert_eq!(pairing.load.values().copied().max(), Some(best));
                for (object, team) in pairing.objects.iter().enumerate() {
                    let different: BTreeSet<&String> = team.inspectors.iter().collect();
                    prop_assert_eq!(different.len(), each);
                    for inspector in different {
                        prop_assert!(!inside.contains(&(inspector[1..].parse().expect("a number"), object)));
                    }
                    prop_assert_eq!(team.withdrew.len(), inside.iter().filter(|(_, at)| *at == object).count());
                }
            }
            (best, result) => prop_assert!(false, "{best:?} {result:?}"),
        }
    }
}
