//! Which places differ, and which cannot be told apart: pair by pair, with Holm's correction.
//!
//! Source: Holm (1979), *Scandinavian Journal of Statistics* 6:65–70. The smallest of `m` p-values is compared with
//! 5 %/m, the next with 5 %/(m − 1), and so on up to the first that fails.

use crate::words::say;
use zhiheng_base::Lang;
use zhiheng_base::words::between;

use super::list;
use super::test::{SIGNIFICANCE, two_rates};

/// Most places that are compared pair by pair.
pub const PLACES_MAX: usize = 60;

/// Most places named as standing above others.
const NAMED_MAX: usize = 6;

/// A place with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name.
    pub name: String,
    /// Above and below the line; `None` without data.
    pub counts: Option<(u64, u64)>,
}

/// The pairs `(higher, lower)` whose difference is carried, in order of the places given.
pub fn distinct(places: &[Place]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, first) in places.iter().enumerate() {
        for (j, second) in places.iter().enumerate().skip(i + 1) {
            let found = first.counts.zip(second.counts).and_then(|(first, second)| two_rates(first, second));
            if let Some(tested) = found {
                let pair = if tested.points > 0.0 { (i, j) } else { (j, i) };
                pairs.push((tested.p_value, pair));
            }
        }
    }
    let n = pairs.len();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let carried =
        pairs.iter().enumerate().take_while(|(k, (p, _))| *p < SIGNIFICANCE / (n - k) as f64).count();
    let mut distinct: Vec<(usize, usize)> = pairs[..carried].iter().map(|(_, pair)| *pair).collect();
    distinct.sort_unstable();
    distinct
}

/// The sentence. `places` stand in the order in which they are to be named; `by` says what they are.
pub fn phrase(places: &[Place], by: &str, lang: Lang) -> String {
    let n_data = places.iter().filter(|place| place.counts.is_some()).count();
    let n = n_data.to_string();
    if n_data < 2 {
        return say(lang, "groups-too-few", &[("by", by)]);
    }
    if n_data > PLACES_MAX {
        return say(lang, "groups-too-many", &[("n", &n), ("most", &PLACES_MAX.to_string()), ("by", by)]);
    }
    let pairs = distinct(places);
    if pairs.is_empty() {
        return say(lang, "groups-none", &[("n", &n), ("by", by)]);
    }
    let mut clauses = Vec::new();
    for (higher, place) in places.iter().enumerate() {
        let lower: Vec<String> =
            pairs.iter().filter(|(h, _)| *h == higher).map(|(_, low)| places[*low].name.clone()).collect();
        if !lower.is_empty() {
            let lower = list(&lower, lang);
            clauses.push(say(lang, "groups-higher", &[("place", &place.name), ("lower", &lower)]));
        }
    }
    let named = clauses.len().min(NAMED_MAX);
    let clauses_text = clauses[..named].join(&between(lang, "clause-separator"));
    let all = n_data * (n_data - 1) / 2;
    let args = [
        ("n", n.as_str()),
        ("pairs", &all.to_string()),
        ("distinct", &pairs.len().to_string()),
        ("clauses", &clauses_text),
        ("by", by),
    ];
    let id = match (clauses.len() > named, pairs.len() == all) {
        (true, _) => "groups-some-named",
        (false, true) => "groups-all",
        (false, false) => "groups-some",
    };
    say(lang, id, &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(counts: &[(u64, u64)]) -> Vec<Place> {
        counts
            .iter()
            .enumerate()
            .map(|(i, counts)| Place {
                name: char::from(b'A' + i as u8).to_string(),
                counts: (counts.1 > 0).then_some(*counts),
            })
            .collect()
    }

    #[test]
    fn only_what_holm_leaves_is_named() {
        assert_eq!(distinct(&places(&[(95, 100), (94, 100), (60, 100)])), [(0, 2), (1, 2)]);
        // p = 0.03 alone would carry, among three pairs it does not.
        assert!(distinct(&places(&[(90, 100), (79, 100), (85, 100)])).is_empty());
        assert_eq!(distinct(&places(&[(90, 100), (79, 100)])), [(0, 1)]);
    }

    #[test]
    fn places_without_data_are_passed_over() {
        assert_eq!(distinct(&places(&[(95, 100), (0, 0), (60, 100)])), [(0, 2)]);
        let few = phrase(&places(&[(1, 2), (0, 0)]), "regions", Lang::En);
        assert_eq!(few, "fewer than two regions have data; nothing is compared");
    }
}
