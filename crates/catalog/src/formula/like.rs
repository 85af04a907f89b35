//! `LIKE`: `%` stands for any text, `_` for one character.

/// Whether `text` fits `pattern`. Takes time proportional to the product of the lengths at most.
///
/// ```
/// use zhiheng_catalog::formula::like;
/// assert!(like("GB/T 19580-2012", "GB%2012"));
/// assert!(!like("DB62/T 1", "GB%"));
/// ```
pub fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let (mut t, mut p) = (0, 0);
    // The last `%` seen and where its match would end next.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('%') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == '_' || c == text[t] => {
                t += 1;
                p += 1;
            }
            _ => match star {
                Some((at, end)) => {
                    star = Some((at, end + 1));
                    p = at + 1;
                    t = end + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '%')
}
