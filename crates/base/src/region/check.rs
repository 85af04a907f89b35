//! Is this code in use on this date, and if not, which one is meant?

use super::{RegionCode, Regions};
use crate::{Date, Diagnostic, Level, Severity};

impl Regions {
    /// What is wrong with `code` on `date`, if anything.
    ///
    /// * ZH1001, unknown: an error, but only a warning for a township in a known county (the table of
    ///   townships is a yearly edition). Village codes are judged by their township.
    /// * ZH1002, ended: a warning with the successor.
    /// * ZH1003, not yet in use on that date: a note with the predecessor.
    pub fn check(&self, code: RegionCode, date: Date) -> Option<Diagnostic> {
        let judged = code.ancestor(Level::Township).unwrap_or(code);
        let versions = self.versions(judged);
        if versions.iter().any(|version| version.holds_on(date)) {
            return None;
        }
        if let Some(begun) =
            versions.iter().find(|version| version.valid_from.is_some_and(|from| date < from))
        {
            let before = self.predecessors(judged).first().map(|step| step.from);
            let mut note = Diagnostic::warning("ZH1003")
                .arg("code", code)
                .arg("name", &begun.name)
                .arg("since", begun.valid_from.map(|from| from.to_string()).unwrap_or_default())
                .arg("date", date)
                .arg("before", self.labelled(before));
            note.severity = Severity::Note;
            return Some(note);
        }
        let ended = std::iter::once(judged)
            .chain(judged.ancestors())
            .filter_map(|region| self.get(region))
            .find(|version| version.valid_to.is_some());
        if let Some(ended) = ended {
            let now = Some(self.as_now(judged)).filter(|&now| now != judged);
            return Some(
                Diagnostic::warning("ZH1002")
                    .arg("code", code)
                    .arg("name", &ended.name)
                    .arg("ended", ended.valid_to.map(|to| to.to_string()).unwrap_or_default())
                    .arg("successor", self.labelled(now)),
            );
        }
        Some(self.unknown(code, judged))
    }

    fn unknown(&self, code: RegionCode, judged: RegionCode) -> Diagnostic {
        let known = judged.ancestors().find(|&above| self.get(above).is_some());
        let in_county = known.is_some_and(|above| above.level() >= Level::County)
            || known.is_some_and(|above| {
                above.level() == Level::City && judged.ancestor(Level::County) == Some(above)
            });
        let diagnostic = if in_county { Diagnostic::warning("ZH1001") } else { Diagnostic::error("ZH1001") };
        let nearest = known.and_then(|above| self.nearest(judged, above));
        diagnostic
            .arg("code", code)
            .arg("within", self.labelled(known))
            .arg("nearest", self.labelled(nearest))
    }

    /// The code of the same level in `above` that differs in the fewest digits, then by the least amount.
    fn nearest(&self, code: RegionCode, above: RegionCode) -> Option<RegionCode> {
        let range = above.range();
        self.between(*range.start(), *range.end())
            .iter()
            .filter(|version| version.level == code.level() && version.valid_to.is_none())
            .map(|version| version.code)
            .min_by_key(|other| (digits_apart(*other, code), other.as_u64().abs_diff(code.as_u64())))
    }

    /// Code and full name, or `-` for none.
    fn labelled(&self, code: Option<RegionCode>) -> String {
        match code {
            None => "-".to_owned(),
            Some(code) => match self.full_name(code) {
                Some(name) => format!("{code} {name}"),
                None => code.to_string(),
            },
        }
    }
}

fn digits_apart(left: RegionCode, right: RegionCode) -> usize {
    let (left, right) = (left.as_u64().to_string(), right.as_u64().to_string());
    left.bytes().zip(right.bytes()).filter(|(a, b)| a != b).count()
}
