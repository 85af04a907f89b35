//! Numbers of headings: four official levels in Chinese, decimal in English.

use crate::words::say;
use zhiheng_base::Lang;

/// Counts headings of the four levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers([u32; 4]);

impl Numbers {
    /// The number of the next heading of `level` (1 to 4), with its mark.
    pub(crate) fn next(&mut self, level: u8, lang: Lang) -> String {
        let at = usize::from(level.clamp(1, 4)) - 1;
        self.0[at] += 1;
        self.0[at + 1..].fill(0);
        match lang {
            Lang::Zh => {
                let n = self.0[at];
                let number = if at < 2 { chinese(n) } else { n.to_string() };
                say(lang, &format!("heading-{}", at + 1), &[("number", &number)])
            }
            Lang::En => {
                let parts: Vec<String> = self.0[..=at].iter().map(|n| n.max(&1).to_string()).collect();
                format!("{} ", parts.join("."))
            }
        }
    }
}

/// A number from 1 to 99 in Chinese; larger ones in digits.
fn chinese(n: u32) -> String {
    let digits: Vec<char> = say(Lang::Zh, "numerals", &[]).chars().collect();
    let digit = |n: u32| digits.get(n as usize).copied().unwrap_or('?');
    match n {
        1..=10 => digit(n).to_string(),
        11..=19 => format!("{}{}", digit(10), digit(n % 10)),
        20..=99 if n.is_multiple_of(10) => format!("{}{}", digit(n / 10), digit(10)),
        20..=99 => format!("{}{}{}", digit(n / 10), digit(10), digit(n % 10)),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_count_each_below_the_one_above() {
        let mut numbers = Numbers::default();
        let zh: Vec<String> = [1, 2, 2, 3, 4, 1, 2].map(|level| numbers.next(level, Lang::Zh)).to_vec();
        assert_eq!(zh, ["一、", "（一）", "（二）", "1. ", "（1）", "二、", "（一）"]);
        let mut numbers = Numbers::default();
        let en: Vec<String> = [1, 2, 2, 1].map(|level| numbers.next(level, Lang::En)).to_vec();
        assert_eq!(en, ["1 ", "1.1 ", "1.2 ", "2 "]);
        assert_eq!([10, 12, 20, 34].map(chinese), ["十", "十二", "二十", "三十四"]);
    }
}
