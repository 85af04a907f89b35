//! Characters: which are refused, which are only alike, and how headers are compared.

/// True for characters that no name needs and that hide or reorder text: controls, zero-width characters,
/// bidirectional overrides, tags, non-characters, and U+FFFD, which stands where bytes were already lost.
/// Line feeds and tabs pass: people type them into cells.
fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control() || (c as u32) & 0xfffe == 0xfffe,
    }
}

/// The first character that is refused anywhere in a cell.
pub fn forbidden(text: &str) -> Option<char> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return None;
    }
    text.chars().find(|&c| is_forbidden(c))
}

/// `U+200B`, as messages name a character that cannot be seen.
pub fn code_point(c: char) -> String {
    format!("U+{:04X}", c as u32)
}

/// True if `text` holds characters of the full-width block with an ASCII twin, or the wide space.
pub fn has_full_width(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}'))
}

/// `text` with full-width characters replaced by their ASCII twins.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}

/// Cyrillic and Greek letters that look like a Latin one, with that one (Unicode TS 39, the letters that occur
/// in names).
const ALIKE: &[(char, char)] = &[
    ('\u{391}', 'A'),
    ('\u{392}', 'B'),
    ('\u{395}', 'E'),
    ('\u{396}', 'Z'),
    ('\u{397}', 'H'),
    ('\u{399}', 'I'),
    ('\u{39a}', 'K'),
    ('\u{39c}', 'M'),
    ('\u{39d}', 'N'),
    ('\u{39f}', 'O'),
    ('\u{3a1}', 'P'),
    ('\u{3a4}', 'T'),
    ('\u{3a5}', 'Y'),
    ('\u{3a7}', 'X'),
    ('\u{3bf}', 'o'),
    ('\u{3bd}', 'v'),
    ('\u{405}', 'S'),
    ('\u{406}', 'I'),
    ('\u{408}', 'J'),
    ('\u{410}', 'A'),
    ('\u{412}', 'B'),
    ('\u{415}', 'E'),
    ('\u{41a}', 'K'),
    ('\u{41c}', 'M'),
    ('\u{41d}', 'H'),
    ('\u{41e}', 'O'),
    ('\u{420}', 'P'),
    ('\u{421}', 'C'),
    ('\u{422}', 'T'),
    ('\u{425}', 'X'),
    ('\u{430}', 'a'),
    ('\u{435}', 'e'),
    ('\u{43e}', 'o'),
    ('\u{440}', 'p'),
    ('\u{441}', 'c'),
    ('\u{443}', 'y'),
    ('\u{445}', 'x'),
    ('\u{455}', 's'),
    ('\u{456}', 'i'),
    ('\u{458}', 'j'),
    ('\u{501}', 'd'),
    ('\u{51b}', 'q'),
];

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The first letter that looks Latin but is not, standing in one word with Latin letters or beside Chinese
/// ones, and its Latin twin. Words that are Cyrillic or Greek throughout are left alone.
pub fn look_alike(text: &str) -> Option<(char, char)> {
    if !text.chars().any(|c| matches!(c, '\u{391}'..='\u{3c9}' | '\u{400}'..='\u{52f}')) {
        return None;
    }
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let mixed = word.chars().any(|c| c.is_ascii_alphabetic() || is_cjk(c));
        if !mixed {
            continue;
        }
        for c in word.chars() {
            if let Some(&pair) = ALIKE.iter().find(|(like, _)| *like == c) {
                return Some(pair);
            }
        }
    }
    None
}

/// A header as it is compared: half-width, lower case, without spaces, stars, and units in brackets at the end.
pub fn fold_header(header: &str) -> String {
    let plain = half_width(header.trim());
    let plain = plain.trim_start_matches('\u{feff}').trim_matches(|c: char| c == '*' || c.is_whitespace());
    let mut folded: String =
        plain.chars().filter(|c| !c.is_whitespace() && *c != '*').flat_map(char::to_lowercase).collect();
    if folded.ends_with(')')
        && let Some(open) = folded.rfind('(')
        && open > 0
    {
        folded.truncate(open);
    }
    folded
}

/// `text` cut to at most `max` characters for a message, with an ellipsis; controls are shown as code points so
/// that no terminal acts on them.
pub fn shown(text: &str, max: usize) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == max {
            out.push('\u{2026}');
            break;
        }
        if c.is_control() || is_forbidden(c) {
            out.push('\u{2039}');
            out.push_str(&code_point(c));
            out.push('\u{203a}');
        } else {
            out.push(c);
        }
    }
    out
}

/// The candidate nearest to `text`, if it is near enough to be meant.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = text.chars().take(64).collect();
    let wanted_text: String = wanted.iter().collect();
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&wanted_text, candidate), candidate))
        .filter(|(distance, candidate)| {
            let longest = wanted.len().max(candidate.chars().count());
            // One slip in short words, about a third in longer ones.
            *distance <= (longest / 3).max(1) && *distance < longest
        })
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate)
}

/// Column letters of a spreadsheet, from index 0: `A`, `Z`, `AA`.
pub fn column_letters(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (index % 26) as u8);
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    letters.iter().rev().map(|&byte| char::from(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_named() {
        for (text, found) in [
            ("plain", None),
            ("定西\u{200b}市", Some('\u{200b}')),
            ("a\u{202e}b", Some('\u{202e}')),
            ("a\0b", Some('\0')),
            ("two\nlines", None),
            ("\u{20bb7}野家", None),
            ("lost \u{fffd}", Some('\u{fffd}')),
        ] {
            assert_eq!(forbidden(text), found, "{text:?}");
        }
        assert_eq!(code_point('\u{200b}'), "U+200B");
    }

    #[test]
    fn look_alikes_are_flagged_only_in_mixed_words() {
        assert_eq!(look_alike("C\u{41e}FCO"), Some(('\u{41e}', 'O')));
        assert_eq!(look_alike("甘肃\u{410}公司"), Some(('\u{410}', 'A')));
        assert_eq!(look_alike("Москва"), None);
        assert_eq!(look_alike("β-胡萝卜素"), None);
        assert_eq!(look_alike("ABC"), None);
    }

    #[test]
    fn headers_fold() {
        assert_eq!(fold_header(" 抽样日期 * "), "抽样日期");
        assert_eq!(fold_header("产量（吨）*"), "产量");
        assert_eq!(fold_header("Ｓample  No"), "sampleno");
        assert_eq!(fold_header("(x)"), "(x)");
    }

    #[test]
    fn letters_of_columns() {
        for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(index), letters);
        }
    }

    #[test]
    fn nearest_is_near() {
        assert_eq!(nearest("confrom", ["conform", "nonconform"]), Some("conform"));
        assert_eq!(nearest("xyz", ["conform"]), None);
    }
}
