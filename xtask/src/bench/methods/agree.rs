//! Whether both sides computed the same: every answer of the peer has to lie near ours.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Compares the peer's answers (`name,value`) with ours (`name,value,allowed distance`); gives how many there are. What is
/// missing has to be missing on both sides.
pub(super) fn check(ours: &Path, peer: &Path) -> Result<usize> {
    let text = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    compare(&text(ours)?, &text(peer)?)
}

fn compare(ours: &str, peer: &str) -> Result<usize> {
    let number = |text: &str| match text {
        "NA" | "NaN" => Ok(f64::NAN),
        text => text.parse::<f64>().with_context(|| format!("no number: {text}")),
    };
    let mut known = BTreeMap::new();
    for line in ours.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, value, allowed] = cells[..] else { bail!("no answer of ours: {line}") };
        known.insert(name, (number(value)?, number(allowed)?));
    }
    let mut n = 0;
    for line in peer.lines() {
        let (name, theirs) =
            line.split_once(',').with_context(|| format!("no answer of the peer: {line}"))?;
        let theirs = number(theirs)?;
        let &(value, allowed) = known.get(name).with_context(|| format!("we have no {name}"))?;
        let alike = (value - theirs).abs() <= allowed || (value.is_nan() && theirs.is_nan());
        if !alike {
            bail!("{name}: we say {value}, the peer {theirs}; {allowed} is allowed");
        }
        n += 1;
    }
    if n == 0 {
        bail!("the peer gave no answers");
    }
    Ok(n)
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn near_answers_pass_and_others_do_not() {
        let ours = "mean,1.5,1e-9\nbound,NaN,1e-9\n";
        for (peer, passes) in [
            ("mean,1.5000000001\nbound,NA\n", true),
            ("mean,1.5001\n", false),
            ("bound,3\n", false),
            ("other,1\n", false),
            ("", false),
        ] {
            assert_eq!(compare(ours, peer).is_ok(), passes, "{peer}");
        }
    }
}
