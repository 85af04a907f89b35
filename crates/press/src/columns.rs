//! How wide the columns of a table are, how large its type is, and whether its page lies on its side.
//!
//! The rule, tried in this order until the table fits: upright at 12 pt (small four), 10.5 pt (five), 9 pt
//! (small five); then a page on its side at 10.5, 9 and 7.5 pt. A table of more than twenty rows starts at
//! 10.5 pt. "Fits" means that no number is broken and no column of words is narrower than six characters (or
//! its longest word). The last step always fits: columns shrink and words break. Numbers keep their natural
//! width; the rest goes to columns that would like more.

use zhiheng_publish::model::Table;

use crate::clean::RUN;

/// Width of the type area, upright, pt (156 mm).
pub(crate) const UPRIGHT: f64 = 156.0 / 25.4 * 72.0;
/// Width of the type area of a page on its side, pt (225 mm).
pub(crate) const SIDEWAYS: f64 = 225.0 / 25.4 * 72.0;
/// White space left and right of a cell's text, together, pt.
pub(crate) const GAP: f64 = 8.0;

/// Type sizes that are tried, pt, and whether on a page on its side.
const STEPS: [(f64, bool); 6] =
    [(12.0, false), (10.5, false), (9.0, false), (10.5, true), (9.0, true), (7.5, true)];

/// Rows from which a table is for looking up rather than reading, and starts at 10.5 pt.
const LONG: usize = 20;

/// Longest stretch of a text column that is set on one line if there is room, in characters.
const LINE: f64 = 18.0;

/// Room that a column of words has to spare, in characters: other programs measure a little wider.
const SLACK: f64 = 0.3;

/// How a table is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// Type size, pt.
    pub(crate) size: f64,
    /// On a page on its side.
    pub(crate) sideways: bool,
    /// Width of each column, pt; they add up to the width of the type area.
    pub(crate) widths: Vec<f64>,
}

/// Least and natural width of a column, in characters.
struct Need {
    least: f64,
    natural: f64,
}

/// Decides how `table` is set; `heads` are the column headings as printed.
pub(crate) fn plan(table: &Table, heads: &[String]) -> Plan {
    let needs: Vec<Need> = (0..table.columns.len()).map(|index| need(table, index, &heads[index])).collect();
    let largest = if table.rows.len() > LONG { 10.5 } else { 12.0 };
    for (size, sideways) in STEPS.into_iter().filter(|(size, _)| *size <= largest) {
        let area = if sideways { SIDEWAYS } else { UPRIGHT };
        let least: f64 = needs.iter().map(|need| need.least * size + GAP).sum();
        if least <= area {
            return Plan { size, sideways, widths: shares(&needs, size, area) };
        }
    }
    let (size, sideways) = STEPS[STEPS.len() - 1];
    let least: f64 = needs.iter().map(|need| need.least * size + GAP).sum();
    let widths = needs.iter().map(|need| (need.least * size + GAP) * SIDEWAYS / least).collect();
    Plan { size, sideways, widths }
}

fn need(table: &Table, index: usize, head: &str) -> Need {
    let column = &table.columns[index];
    let widest = table.rows.iter().filter_map(|row| row.get(index)).map(|cell| {
        let mark = if cell.small { 0.5 } else { 0.0 };
        (ems(&cell.text) + mark, word(&cell.text) + mark)
    });
    let (natural, longest) = widest.fold((0.0_f64, 0.0_f64), |(a, b), (c, d)| (a.max(c), b.max(d)));
    let head_least = word(head).max(ems(head).min(3.0));
    if column.number {
        Need { least: natural.max(head_least), natural: natural.max(ems(head).min(LINE)) }
    } else {
        let natural = natural.max(ems(head));
        Need {
            least: natural.min(6.0).max(longest).max(head_least) + SLACK,
            natural: natural.min(LINE) + SLACK,
        }
    }
}

/// Least widths, then what is wanted as far as it goes, then the rest in proportion.
fn shares(needs: &[Need], size: f64, area: f64) -> Vec<f64> {
    let least: Vec<f64> = needs.iter().map(|need| need.least * size + GAP).collect();
    let wish: Vec<f64> = needs.iter().map(|need| (need.natural - need.least).max(0.0) * size).collect();
    let (have, wanted) = (area - least.iter().sum::<f64>(), wish.iter().sum::<f64>());
    let part = if wanted > 0.0 { (have / wanted).min(1.0) } else { 0.0 };
    let widths: Vec<f64> = least.iter().zip(&wish).map(|(least, wish)| least + wish * part).collect();
    let sum: f64 = widths.iter().sum();
    if sum > 0.0 { widths.iter().map(|width| width * area / sum).collect() } else { widths }
}

/// Width of a text in characters of its size, on the safe side.
pub(crate) fn ems(text: &str) -> f64 {
    text.chars().map(em).sum()
}

fn em(c: char) -> f64 {
    match c {
        '\u{200b}' => 0.0,
        '\u{2014}' | '\u{2018}'..='\u{201f}' | '\u{2026}' | '\u{2030}' | '\u{2e80}'.. => 1.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | ' ' => 0.32,
        'M' | 'W' | 'm' | 'w' | '%' | '@' => 0.95,
        'A'..='Z' => 0.72,
        _ => 0.58,
    }
}

/// Width of the longest stretch that cannot be broken.
fn word(text: &str) -> f64 {
    let mut longest = 0.0_f64;
    let (mut run, mut count) = (0.0, 0);
    for c in text.chars() {
        if c.is_whitespace() || c >= '\u{2e80}' || count == RUN {
            (run, count) = (0.0, 0);
        }
        run += em(c);
        count += 1;
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use zhiheng_publish::model::{Cell, Table, TableColumn};

    use super::*;

    fn table(columns: usize, cell: &str) -> (Table, Vec<String>) {
        let column = |number| TableColumn { title: "合格率".into(), unit: Some("%".into()), number };
        let table = Table {
            columns: (0..columns).map(|index| column(index > 0)).collect(),
            rows: vec![vec![Cell { text: cell.into(), ..Cell::default() }; columns]],
            ..Table::default()
        };
        (table, vec!["合格率（%）".to_owned(); columns])
    }

    #[test]
    fn type_shrinks_then_the_page_turns() {
        let at = |columns| {
            let (table, heads) = table(columns, "84.1–87.5");
            let plan = plan(&table, &heads);
            let area = if plan.sideways { SIDEWAYS } else { UPRIGHT };
            assert!((plan.widths.iter().sum::<f64>() - area).abs() < 1e-6);
            (plan.size.to_string(), plan.sideways)
        };
        assert_eq!(at(4), ("12".into(), false));
        assert_eq!(at(7), ("10.5".into(), false));
        assert_eq!(at(8), ("9".into(), false));
        assert_eq!(at(10), ("10.5".into(), true));
        assert_eq!(at(40), ("7.5".into(), true));
    }

    #[test]
    fn a_table_without_columns_is_no_problem() {
        assert!(plan(&Table::default(), &[]).widths.is_empty());
    }
}
