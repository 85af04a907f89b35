//! Rules that read a control chart: Nelson's eight, those of Western Electric, and runs as R's qcc marks them.
//!
//! **What it answers.** Which points are a signal, and of what?
//!
//! **Rules.** `z` is the distance from the centre in standard errors of the point; a point is *beyond* k when
//! `|z| > k`. (1) beyond the control limits; (2) nine in a row on one side of the centre; (3) six in a row
//! all rising or all falling; (4) fourteen in a row alternating up and down; (5) two of three beyond 2 on the
//! same side; (6) four of five beyond 1 on the same side; (7) fifteen in a row within 1; (8) eight in a row
//! beyond 1, on whatever side.
//!
//! The point flagged is the one that completes the pattern, and every further point that completes it anew.
//! In 5 and 6 it is itself beyond. A point exactly on the centre is on neither side; equal neighbours neither
//! rise nor fall.
//!
//! **Source.** Nelson (1984), *Journal of Quality Technology* 16:237–239; Western Electric, *Statistical
//! Quality Control Handbook* (1956), pp. 23–28; GB/T 17989.2-2020 (ISO 7870-2:2013).
//!
//! **When not to use it.** All rules at once on routine charts: each adds false signals; the four of Western
//! Electric alone give one in 92 points (Champ and Woodall (1987), *Technometrics* 29:393–399). Rules on R, S
//! or strongly skewed charts, but for the first.

use super::chart::{Chart, Point};

/// A rule and the point that completes its pattern (from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signal {
    /// Which rule.
    pub rule: Rule,
    /// Position of the point.
    pub point: usize,
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// 1: a point beyond the control limits.
    Beyond,
    /// 2: nine points in a row on one side (Western Electric: eight).
    OneSide,
    /// 3: six points in a row all rising or all falling.
    Trend,
    /// 4: fourteen points in a row alternating up and down.
    Alternating,
    /// 5: two of three points beyond 2 standard errors on the same side.
    TwoOfThree,
    /// 6: four of five points beyond 1 standard error on the same side.
    FourOfFive,
    /// 7: fifteen points in a row within 1 standard error.
    Hugging,
    /// 8: eight points in a row beyond 1 standard error.
    Avoiding,
}

impl Rule {
    /// Nelson's eight rules, in his order.
    pub const NELSON: [Rule; 8] = [
        Rule::Beyond,
        Rule::OneSide,
        Rule::Trend,
        Rule::Alternating,
        Rule::TwoOfThree,
        Rule::FourOfFive,
        Rule::Hugging,
        Rule::Avoiding,
    ];

    /// Its number in Nelson's list.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// Signals by the chosen ones of Nelson's rules, by rule and then by point.
///
/// ```
/// use zhiheng_methods::spc::{Settings, individuals::{Spread, value_chart}, rules::{Rule, nelson}};
/// let values = [1.0, 2.0, 1.0, 3.0, 2.0, 1.0, 2.0, 12.0];
/// let settings = Settings { deviation: Some(1.0), centre: Some(2.0), ..Settings::default() };
/// let chart = value_chart(&values, None, Spread::MovingRange(2), &settings).unwrap();
/// let signals = nelson(&chart, &Rule::NELSON);
/// assert_eq!((signals.len(), signals[0].rule, signals[0].point), (1, Rule::Beyond, 7));
/// ```
pub fn nelson(chart: &Chart, rules: &[Rule]) -> Vec<Signal> {
    read(chart, rules, 9)
}

/// Signals by the four rules of Western Electric: beyond the limits, two of three beyond 2, four of five
/// beyond 1, eight in a row on one side.
pub fn western_electric(chart: &Chart) -> Vec<Signal> {
    read(chart, &[Rule::Beyond, Rule::OneSide, Rule::TwoOfThree, Rule::FourOfFive], 8)
}

/// Points beyond the limits as R's qcc lists them: those above first, then those below.
pub fn beyond_limits(chart: &Chart) -> Vec<usize> {
    let which = |beyond: fn(&Point) -> bool| {
        chart.points.iter().enumerate().filter(move |(_, point)| beyond(point)).map(|(i, _)| i)
    };
    which(|point| point.value > point.high).chain(which(|point| point.value < point.low)).collect()
}

/// Points with which `length` or more in a row are on one side of the centre, as R's qcc lists them (7
/// there): those above first, then those below. None for length 0.
pub fn violating_runs(chart: &Chart, length: usize) -> Vec<usize> {
    if length == 0 {
        return Vec::new();
    }
    let which = |above: bool| {
        let on_side = chart.points.iter().map(move |point| {
            let side = point.value - point.centre;
            if above { side > 0.0 } else { side < 0.0 }
        });
        in_a_row(on_side, length)
    };
    let mut all = which(true);
    all.extend(which(false));
    all
}

fn read(chart: &Chart, rules: &[Rule], one_side: usize) -> Vec<Signal> {
    let z: Vec<f64> = chart.points.iter().map(Point::z).collect();
    let mut chosen = rules.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    let mut signals = Vec::new();
    for rule in chosen {
        let points = match rule {
            Rule::Beyond => {
                let mut points = beyond_limits(chart);
                points.sort_unstable();
                points
            }
            Rule::OneSide => both_sides(&z, |z, sign| in_a_row(z.iter().map(|z| z * sign > 0.0), one_side)),
            Rule::Trend => steps(&chart.points, trend),
            Rule::Alternating => steps(&chart.points, alternating),
            Rule::TwoOfThree => both_sides(&z, |z, sign| most_of(z, sign, 2.0, 2, 3)),
            Rule::FourOfFive => both_sides(&z, |z, sign| most_of(z, sign, 1.0, 4, 5)),
            Rule::Hugging => in_a_row(z.iter().map(|z| z.abs() <= 1.0), 15),
            Rule::Avoiding => in_a_row(z.iter().map(|z| z.abs() > 1.0), 8),
        };
        signals.extend(points.into_iter().map(|point| Signal { rule, point }));
    }
    signals
}

/// Points of both sides of the centre, in order.
fn both_sides(z: &[f64], side: impl Fn(&[f64], f64) -> Vec<usize>) -> Vec<usize> {
    let mut points = side(z, 1.0);
    points.extend(side(z, -1.0));
    points.sort_unstable();
    points.dedup();
    points
}

/// Positions at which `length` or more in a row are true.
fn in_a_row(marks: impl Iterator<Item = bool>, length: usize) -> Vec<usize> {
    let mut run = 0;
    let mut points = Vec::new();
    for (i, mark) in marks.enumerate() {
        run = if mark { run + 1 } else { 0 };
        if run >= length {
            points.push(i);
        }
    }
    points
}

/// Points beyond `limit` on the side of `sign` with which `needed` of the last `window` are.
fn most_of(z: &[f64], sign: f64, limit: f64, needed: usize, window: usize) -> Vec<usize> {
    let beyond = |i: usize| z.get(i).is_some_and(|z| z * sign > limit);
    let completes = |&i: &usize| {
        let first = (i + 1).saturating_sub(window);
        beyond(i) && (first..=i).filter(|&j| beyond(j)).count() >= needed
    };
    (0..z.len()).filter(completes).collect()
}

/// Walks over the steps between neighbours: 1 up, -1 down, 0 level.
fn steps(points: &[Point], completes: fn(&mut Walk, i8) -> bool) -> Vec<usize> {
    let mut walk = Walk { last: 0, run: 0 };
    let step = |pair: &[Point]| match pair {
        [a, b] if b.value > a.value => 1,
        [a, b] if b.value < a.value => -1,
        _ => 0,
    };
    let pairs = points.windows(2).enumerate();
    pairs.filter(|(_, pair)| completes(&mut walk, step(pair))).map(|(i, _)| i + 1).collect()
}

/// The last step and how many steps the pattern has lasted.
struct Walk {
    last: i8,
    run: usize,
}

/// Six points rising or falling are five steps alike.
fn trend(walk: &mut Walk, step: i8) -> bool {
    walk.run = match step {
        0 => 0,
        step if step == walk.last => walk.run + 1,
        _ => 1,
    };
    walk.last = step;
    walk.run >= 5
}

/// Fourteen points alternating are thirteen steps, each against the one before.
fn alternating(walk: &mut Walk, step: i8) -> bool {
    walk.run = match step {
        0 => 0,
        step if step == -walk.last => walk.run + 1,
        _ => 1,
    };
    walk.last = step;
    walk.run >= 13
}
