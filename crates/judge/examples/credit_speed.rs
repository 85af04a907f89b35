//! Times the grading of enterprises for `cargo xtask bench credit`: `credit_speed HOLDERS` makes ten statements for each holder,
//! grades all of them by both shipped schemes, adds one statement, goes on by a day, and prints the seconds as a line of JSON.
//!
//! The time of a cold grading holds the making of the rows, the formulas and the grades; rows are made one after another and never
//! held, as they would come from a lake in order of holder.

use std::error::Error;
use std::time::Instant;

use zhiheng_base::Date;
use zhiheng_catalog::formula::{Row, Value};
use zhiheng_catalog::load;
use zhiheng_judge::subject::{Rules, Statement, Subjects};

/// Statements of a holder.
const EACH: u64 = 10;

/// What a statement can be: kind, severity, objection, grade.
const KINDS: [(&str, &str, &str, &str); 16] = [
    ("basic", "", "", ""),
    ("sampling-pass", "", "", ""),
    ("sampling-pass", "", "", ""),
    ("sampling-fail", "", "", ""),
    ("inspection", "", "", ""),
    ("abnormal", "", "raised", ""),
    ("complaint", "", "", ""),
    ("complaint", "", "rejected", ""),
    ("penalty", "general", "", ""),
    ("penalty", "serious", "upheld", ""),
    ("certificate", "", "", ""),
    ("commitment", "", "", ""),
    ("award", "", "", ""),
    ("application", "", "", "A"),
    ("application", "", "", "AA"),
    ("rectified", "", "", ""),
];

struct Made {
    kind: (&'static str, &'static str, &'static str, &'static str),
    day: Date,
    until: Option<Date>,
    amount: Option<i64>,
}

impl Row for Made {
    fn value(&self, name: &str) -> Value {
        let text = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) };
        match name {
            "kind" => text(self.kind.0),
            "severity" => text(self.kind.1),
            "objection" => text(self.kind.2),
            "grade" => text(self.kind.3),
            "on_day" => Value::Date(self.day),
            "until_day" => self.until.map_or(Value::Null, Value::Date),
            "amount" => self.amount.map_or(Value::Null, |amount| Value::Decimal(amount.into())),
            _ => Value::Null,
        }
    }
}

/// A number from a seed (SplitMix64).
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn made(number: u64) -> Option<Made> {
    let chance = mixed(number);
    let kind = *KINDS.get((chance % 16) as usize)?;
    let day = |days: u64| Date::new(2014, 1, 1).ok()?.checked_add(jiff::Span::new().days(days as i64)).ok();
    let on = (chance >> 8) % 3650;
    let until = if kind.0 == "certificate" { day(on + 1095) } else { None };
    let amount = (kind.0 == "penalty").then_some((((chance >> 32) % 40) * 5000) as i64);
    Some(Made { kind, day: day(on)?, until, amount })
}

fn main() -> Result<(), Box<dyn Error>> {
    let n: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let loaded = load(&[]);
    let names: Vec<String> = (0..n).map(|at| format!("9162{at:014}")).collect();
    for scheme in loaded.catalog.subject_schemes.values() {
        let day = Date::new(2023, 12, 31)?;
        let begun = Instant::now();
        let mut rules = Rules::new(scheme);
        let mut all: Vec<(&str, Statement)> = Vec::with_capacity((n * EACH) as usize);
        for (name, holder) in names.iter().zip(0..) {
            for at in holder * EACH..(holder + 1) * EACH {
                let statement = made(at).and_then(|row| rules.statement(at, &row)).ok_or("no statement")?;
                all.push((name, statement));
            }
        }
        let read = begun.elapsed().as_secs_f64();
        let mut subjects = Subjects::new(&rules, all, day);
        let cold = begun.elapsed().as_secs_f64();
        // One statement after another, each to another holder.
        let mut worst = 0.0_f64;
        let n_single = 1000;
        let singles = Instant::now();
        for at in 0..n_single {
            let one = Instant::now();
            let number = n * EACH + at;
            let statement =
                made(number).and_then(|row| rules.statement(number, &row)).ok_or("no statement")?;
            let holder = names.get((mixed(at) % n) as usize).ok_or("no holder")?;
            subjects.add(&rules, holder, statement);
            worst = worst.max(one.elapsed().as_secs_f64());
        }
        let single = singles.elapsed().as_secs_f64() / n_single as f64;
        let next = Instant::now();
        let touched = subjects.advance(&rules, day.tomorrow()?);
        let next = next.elapsed().as_secs_f64();
        let counts: Vec<String> = (subjects.counts(&rules).into_iter())
            .map(|(grade, n)| format!("\"{}\":{n}", grade.unwrap_or_default()))
            .collect();
        println!(
            "{{\"scheme\":\"{}\",\"holders\":{n},\"read\":{read:.3},\"cold\":{cold:.3},\"single\":{single:.9},\"worst\":{worst:.9},\
             \"day\":{next:.6},\"touched\":{touched},\"grades\":{{{}}}}}",
            scheme.head.id,
            counts.join(",")
        );
    }
    Ok(())
}
