//! Numbers of persons in free text, hidden before it goes to the public.

use zhiheng_base::code;

/// The text with citizen identity numbers and mobile telephone numbers hidden.
pub(super) fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            run.push(c);
        } else {
            out.push_str(&hidden(&run));
            run.clear();
            out.push(c);
        }
    }
    out.push_str(&hidden(&run));
    out
}

/// A run of letters and digits, hidden if it is the number of a person. A wrong check character does not make it public.
fn hidden(run: &str) -> String {
    let is_citizen = run.len() == 18 && code::citizen_id(&run.to_ascii_uppercase()).is_acceptable();
    let is_mobile = run.len() == 11
        && run.bytes().all(|byte| byte.is_ascii_digit())
        && run.starts_with('1')
        && !run.starts_with("10")
        && !run.starts_with("11")
        && !run.starts_with("12");
    match (is_citizen, is_mobile) {
        (true, _) => code::citizen_masked(run),
        (_, true) => run.chars().enumerate().map(|(at, c)| if at < 3 { c } else { '*' }).collect(),
        _ => run.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn numbers_of_persons_are_hidden_and_others_stay() {
        // The example number of GB 11643-1999, a mobile number, a case number, a credit code.
        let rows = [
            ("ID 11010519491231002X.", "ID 11****************."),
            ("id 11010519491231002x", "id 11****************"),
            ("call 13800138000 now", "call 138******** now"),
            ("case 2013-5, fine 20000 yuan", "case 2013-5, fine 20000 yuan"),
            ("of 91110000802100433B", "of 91110000802100433B"),
            ("no 12000000000", "no 12000000000"),
            ("", ""),
        ];
        for (text, wanted) in rows {
            assert_eq!(mask(text), wanted);
        }
    }
}
