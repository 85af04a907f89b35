//! Disproportionality over a table: one row, one pair of product and event, of a report or with its count.

use super::{
    Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, may_have, needs, option,
};
use crate::disproportionality::gps::{self, Prior};
use crate::disproportionality::ratio::{self, Evans, Ratio};
use crate::disproportionality::squash::{Point, Squash, squash};
use crate::disproportionality::table::{Count, Mention, Pair, from_counts, from_mentions};
use crate::disproportionality::{information, prior};
use crate::refusal::Refusal;
use std::collections::BTreeMap;

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method { id: "disproportionality.pairs", columns: COLUMNS, options: PAIRS, run: pairs },
    Method { id: "disproportionality.ebgm", columns: COLUMNS, options: EBGM, run: ebgm },
];

const COLUMNS: &[Column] = &[
    needs("product", Holds::Names),
    needs("event", Holds::Names),
    may_have("n", Holds::Counts),
    may_have("report", Holds::Names),
    may_have("stratum", Holds::Names),
];

const Z: Choice = option("z", "1.96");
const LEVEL: Choice = option("level", "0.95");
const LEAST_PRR: Choice = option("prr", "2");
const LEAST_CHI_SQUARE: Choice = option("chi_square", "4");
const LEAST_REPORTS: Choice = option("reports", "3");
const YATES: Choice = choice("yates", &["no", "yes"]);
const PAIRS: &[Choice] = &[Z, LEVEL, LEAST_PRR, LEAST_CHI_SQUARE, LEAST_REPORTS, YATES];

const ALPHA1: Choice = option("alpha1", "");
const BETA1: Choice = option("beta1", "");
const ALPHA2: Choice = option("alpha2", "");
const BETA2: Choice = option("beta2", "");
const P: Choice = option("p", "");
const LEAST: Choice = option("least", "1");
const SQUASH: Choice = choice("squash", &["yes", "no"]);
const EBGM: &[Choice] = &[ALPHA1, BETA1, ALPHA2, BETA2, P, LEAST, SQUASH];

/// Names in the order of the alphabet, and the code of each row's name.
fn codes(frame: &Frame, column: &str) -> Result<(Vec<String>, Vec<u32>), Refusal> {
    let texts = frame.texts(column)?;
    let mut places: BTreeMap<&str, u32> = texts.iter().map(|text| (text.trim(), 0)).collect();
    if let Some(row) = texts.iter().position(|text| text.trim().is_empty()) {
        let text = String::new();
        return Err(Refusal::Cell { column: column.to_owned(), row, text, needed: "name" });
    }
    for (code, place) in places.values_mut().enumerate() {
        *place = code as u32;
    }
    let rows = texts.iter().map(|text| places.get(text.trim()).copied().unwrap_or_default()).collect();
    Ok((places.keys().map(|name| (*name).to_owned()).collect(), rows))
}

/// The pairs with the names of products and events.
struct Named {
    products: Vec<String>,
    events: Vec<String>,
    pairs: Vec<Pair>,
}

impl Named {
    fn read(frame: &Frame) -> Result<Self, Refusal> {
        let ((products, product), (events, event)) = (codes(frame, "product")?, codes(frame, "event")?);
        let n_rows = product.len();
        let pairs = if frame.has("report") {
            let (_, report) = codes(frame, "report")?;
            let stratum = if frame.has("stratum") { codes(frame, "stratum")?.1 } else { vec![0; n_rows] };
            let mention = |i: usize| Mention {
                report: report[i],
                stratum: stratum[i],
                product: product[i],
                event: event[i],
            };
            from_mentions(&(0..n_rows).map(mention).collect::<Vec<_>>())?
        } else {
            let n = if frame.has("n") { frame.counts("n")? } else { vec![1; n_rows] };
            let count = |i: usize| Count { product: product[i], event: event[i], n: n[i] };
            from_counts(&(0..n_rows).map(count).collect::<Vec<_>>())?
        };
        Ok(Self { products, events, pairs })
    }

    fn names(&self, pair: &Pair) -> Vec<Cell> {
        let name = |names: &[String], code: u32| Cell::from(names[code as usize].as_str());
        vec![name(&self.products, pair.product), name(&self.events, pair.event)]
    }
}

fn pairs(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (z, level) = (options.real(&Z)?, options.real(&LEVEL)?);
    let rule = Evans {
        prr: options.real(&LEAST_PRR)?,
        chi_square: options.real(&LEAST_CHI_SQUARE)?,
        reports: options.count(&LEAST_REPORTS)?,
        yates: options.text(&YATES) == "yes",
    };
    let named = Named::read(frame)?;
    let row = |pair: &Pair| {
        let table = pair.table;
        let shrunk = information::shrunk(table.a, pair.expected)?;
        let exact = information::exact(table.a, pair.expected, level)?;
        let moments = information::bcpnn(&table, z)?;
        let bate = information::bcpnn_bate(&table, z)?;
        let mut row = named.names(pair);
        row.extend([table.a, table.b, table.c, table.d].map(Cell::from));
        row.extend([pair.expected.into(), ratio::relative(table.a, pair.expected).into()]);
        for Ratio { estimate, low, high } in [ratio::prr(&table, z), ratio::ror(&table, z)] {
            row.extend([estimate, low, high].map(Cell::from));
        }
        row.extend([ratio::chi_square(&table), ratio::chi_square_yates(&table)].map(Cell::from));
        row.extend([shrunk.ic, shrunk.low, shrunk.high, exact.low, exact.high].map(Cell::from));
        row.extend([moments.ic, moments.low, bate.ic, bate.low].map(Cell::from));
        row.push(rule.signal(&table).into());
        Ok(row)
    };
    let rows: Result<Vec<_>, Refusal> = named.pairs.iter().map(row).collect();
    let columns = [
        "product",
        "event",
        "a",
        "b",
        "c",
        "d",
        "expected",
        "rr",
        "prr",
        "prr_low",
        "prr_high",
        "ror",
        "ror_low",
        "ror_high",
        "chi_square",
        "chi_square_yates",
        "ic",
        "ic025",
        "ic975",
        "ic_exact_low",
        "ic_exact_high",
        "bcpnn",
        "bcpnn_low",
        "bcpnn_bate",
        "bcpnn_bate_low",
        "signal",
    ];
    Ok(Answer::one(&columns, rows?))
}

fn ebgm(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let named = Named::read(frame)?;
    let counts: Vec<(u64, f64)> = named.pairs.iter().map(|pair| (pair.table.a, pair.expected)).collect();
    let (of, reached) = prior_of(&counts, options)?;
    let scores = gps::scores(&of, &counts)?;
    let row = |(pair, score): (&Pair, &gps::Score)| {
        let no_excess = gps::posterior(&of, pair.table.a, pair.expected)?.below(1.0);
        let mut row = named.names(pair);
        row.push(pair.table.a.into());
        row.extend([pair.expected, score.q, score.ebgm, score.eb05, score.eb95, no_excess].map(Cell::from));
        Ok(row)
    };
    let rows: Result<Vec<_>, Refusal> = named.pairs.iter().zip(&scores).map(row).collect();
    let columns = ["product", "event", "n", "expected", "q", "ebgm", "eb05", "eb95", "no_excess"];
    let mut answer = Answer::one(&columns, rows?);
    let mut values: Vec<Cell> = [of.alpha1, of.beta1, of.alpha2, of.beta2, of.p].map(Cell::from).to_vec();
    values.push(reached.map(|fit| fit.negative_log_likelihood).into());
    values.push(reached.map(|fit| fit.agreeing as u64).into());
    let columns = ["alpha1", "beta1", "alpha2", "beta2", "p", "negative_log_likelihood", "agreeing"];
    answer.sheets.push(Sheet::new("prior", &columns, vec![values]));
    Ok(answer)
}

/// The prior given with the options, or the one fitted to the pairs.
fn prior_of(counts: &[(u64, f64)], options: &Options) -> Result<(Prior, Option<prior::Fit>), Refusal> {
    let given = [&ALPHA1, &BETA1, &ALPHA2, &BETA2, &P].map(|choice| options.number(choice));
    let [alpha1, beta1, alpha2, beta2, p] = given;
    match (alpha1?, beta1?, alpha2?, beta2?, p?) {
        (Some(alpha1), Some(beta1), Some(alpha2), Some(beta2), Some(p)) => {
            Ok((Prior { alpha1, beta1, alpha2, beta2, p }, None))
        }
        (None, None, None, None, None) => {
            let points = if options.text(&SQUASH) == "yes" {
                squash(counts, &Squash::default())?
            } else {
                counts.iter().map(|&(n, expected)| Point { n, expected, weight: 1.0 }).collect()
            };
            let fit = prior::fit(&points, options.count(&LEAST)?)?;
            Ok((fit.prior, Some(fit)))
        }
        _ => Err(Refusal::Contradiction {
            what: "give all five of alpha1, beta1, alpha2, beta2, p or none".to_owned(),
        }),
    }
}
