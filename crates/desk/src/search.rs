//! What a few typed letters lead to: how well a name fits them, by its characters or by the letters of its pronunciation.

use pinyin::ToPinyin;
use zhiheng_base::Words;

/// Least letters by which names are found by their pronunciation: fewer fit almost everything.
const LETTERS_MIN: usize = 2;

/// How well a name fits; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The name itself.
    Same,
    /// It begins so.
    Begins,
    /// It holds this.
    Holds,
    /// First letters of its syllables begin so: `lx` for a county pronounced Long Xi.
    Initials,
    /// Its syllables hold this: `longxi`.
    Sounds,
}

/// How `typed` fits a name in one of its languages; `None` if it does not.
pub fn fit(name: &Words, typed: &str) -> Option<Fit> {
    let typed = folded(typed);
    if typed.is_empty() {
        return None;
    }
    [&name.zh, &name.en].into_iter().filter_map(|name| fit_text(name, &typed)).min()
}

fn fit_text(name: &str, typed: &str) -> Option<Fit> {
    let own = folded(name);
    if own == typed {
        return Some(Fit::Same);
    }
    if own.starts_with(typed) {
        return Some(Fit::Begins);
    }
    if own.contains(typed) {
        return Some(Fit::Holds);
    }
    if typed.len() < LETTERS_MIN || !typed.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let (initials, sounds) = spoken(&own);
    if initials.starts_with(typed) {
        Some(Fit::Initials)
    } else if sounds.contains(typed) {
        Some(Fit::Sounds)
    } else {
        None
    }
}

/// First letters of the syllables, and the syllables; what is no Chinese character stays as it is.
fn spoken(text: &str) -> (String, String) {
    let (mut initials, mut sounds) = (String::new(), String::new());
    for (c, syllable) in text.chars().zip(text.to_pinyin()) {
        match syllable {
            Some(syllable) => {
                initials.extend(syllable.plain().chars().next());
                sounds += syllable.plain();
            }
            None => {
                initials.push(c);
                sounds.push(c);
            }
        }
    }
    (initials, sounds)
}

/// Small letters, without the spaces around and between; letters and figures of full width as narrow ones.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use zhiheng_base::Words;

    use super::{Fit, fit};

    #[test]
    fn names_are_found_by_characters_words_and_letters() {
        let county = Words::new("\u{9647}\u{897f}\u{53bf}", "Longxi County");
        for (typed, wanted) in [
            ("\u{9647}\u{897f}\u{53bf}", Some(Fit::Same)),
            ("longxi county", Some(Fit::Same)),
            ("\u{9647}", Some(Fit::Begins)),
            ("\u{ff2c}ong", Some(Fit::Begins)),
            ("\u{897f}", Some(Fit::Holds)),
            ("county", Some(Fit::Holds)),
            ("lxx", Some(Fit::Initials)),
            ("xixian", Some(Fit::Sounds)),
            ("l", Some(Fit::Begins)),
            ("x", Some(Fit::Holds)),
            ("zz", None),
            ("  ", None),
            ("%", None),
        ] {
            assert_eq!(fit(&county, typed), wanted, "{typed}");
        }
    }
}
