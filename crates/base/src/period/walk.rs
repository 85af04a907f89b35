//! From one period to others: before, after, a year ago, parts.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Period, PeriodKind};

impl Period {
    /// The period after; for days the stretch of the same length. `None` at the end of the range.
    pub fn next(&self) -> Option<Period> {
        match self.kind() {
            PeriodKind::Days => {
                let last = self.last_day().checked_add(self.n_days().days()).ok()?;
                Period::days(self.end(), last).ok()
            }
            kind => Period::of(kind, self.end()).ok(),
        }
    }

    /// The period before; for days the stretch of the same length. `None` at the start of the range.
    pub fn previous(&self) -> Option<Period> {
        let before = self.start().yesterday().ok()?;
        match self.kind() {
            PeriodKind::Days => {
                let first = self.start().checked_sub(self.n_days().days()).ok()?;
                Period::days(first, before).ok()
            }
            kind => Period::of(kind, before).ok(),
        }
    }

    /// The same period of the year before: the base of a year-on-year comparison.
    ///
    /// For weeks the week of the same number, `None` for week 53 if that year has none. For days the
    /// same dates; a 29 February becomes the 28th.
    pub fn year_before(&self) -> Option<Period> {
        match self.kind() {
            PeriodKind::Week => {
                let iso = self.start().iso_week_date();
                Period::week(iso.year() - 1, iso.week()).ok()
            }
            PeriodKind::Days => {
                Period::days(a_year_earlier(self.start())?, a_year_earlier(self.end())?.yesterday().ok()?)
                    .ok()
            }
            kind => Period::of(kind, a_year_earlier(self.start())?).ok(),
        }
    }

    /// The `n` periods that end with this one, oldest first; fewer at the start of the range.
    pub fn last(&self, n: usize) -> Vec<Period> {
        let mut found: Vec<Period> = std::iter::successors(Some(*self), Period::previous).take(n).collect();
        found.reverse();
        found
    }

    /// The periods of `kind` that together make up this one, oldest first; `None` if they do not fit
    /// (weeks into a year, quarters into an assessment year that starts in June).
    ///
    /// ```
    /// use zhiheng_base::{Period, PeriodKind};
    ///
    /// let half = Period::parse("2013H2")?;
    /// let quarters: Vec<String> =
    ///     half.parts(PeriodKind::Quarter).unwrap().iter().map(Period::to_string).collect();
    /// assert_eq!(quarters, ["2013Q3", "2013Q4"]);
    /// assert_eq!(half.parts(PeriodKind::Week), None);
    /// # Ok::<(), zhiheng_base::Diagnostic>(())
    /// ```
    pub fn parts(&self, kind: PeriodKind) -> Option<Vec<Period>> {
        let mut part = Period::of(kind, self.start()).ok()?;
        if part.start() != self.start() {
            return None;
        }
        let mut parts = vec![part];
        while part.end() < self.end() {
            part = part.next()?;
            parts.push(part);
        }
        (part.end() == self.end()).then_some(parts)
    }
}

fn a_year_earlier(date: Date) -> Option<Date> {
    date.checked_sub(1.year()).ok()
}
