//! The explanation as sentences: what a person needs to check the date with a calendar in hand.

use zhiheng_base::period::date_title;
use zhiheng_base::words::{Lang, between, say};
use zhiheng_base::{Date, Words};

use super::count::Stretch;
use super::facts::holding;
use super::reckon::{End, Kept, Moving, Reckoning};
use super::{Length, Mark, Moment, Rule, Sense};

impl Reckoning<'_> {
    /// The explanation in `lang`, a line a step: rule, start, what was counted, how the last day moved, who acts, basis.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let clock = self.clock;
        let name = clock.name.get(lang);
        let mut lines = vec![say(lang, "clock-title", &[("id", &clock.id), ("name", name)])];
        let (start, day) = (clock.start.get(lang), date_title(lang, self.start));
        let id =
            if matches!(clock.rule, Rule::Before { .. }) { "clock-start-plain" } else { self.start_line() };
        let when = match holding(&self.facts) {
            Ok(Moment::At(at)) if id == "clock-start-moment" => beijing_text(at),
            _ => day.clone(),
        };
        lines.push(say(lang, id, &[("start", start), ("date", &when)]));
        if !self.facts.restarts.is_empty() {
            let first = date_title(lang, self.facts.start.date());
            lines.push(say(lang, "clock-restarted", &[("first", &first), ("date", &day)]));
        }
        if let Rule::Every { length } = &clock.rule {
            let number = self.number.to_string();
            lines.push(say(lang, "clock-every", &[("length", &length.text(lang)), ("number", &number)]));
        }
        for (end, opens) in
            self.opens.iter().map(|end| (end, true)).chain(self.closes.iter().map(|end| (end, false)))
        {
            self.end(end, opens, lang, &mut lines);
        }
        if let Some(ended) = &self.facts.ended {
            let on = date_title(lang, ended.on);
            lines.push(say(lang, "clock-ended", &[("date", &on), ("by", &ended.by)]));
        }
        let mut add = |id: &str, words: &Option<Words>| {
            if let Some(words) = words {
                lines.push(say(lang, id, &[("what", words.get(lang))]));
            }
        };
        add("clock-who", &clock.who);
        add("clock-missed", &clock.missed);
        add("clock-says", &clock.says);
        let basis = clock.basis.join(&between(lang, "clause-separator"));
        if !basis.is_empty() {
            let id = if clock.confirmed { "clock-basis" } else { "clock-basis-open" };
            lines.push(say(lang, id, &[("basis", &basis)]));
        }
        lines.extend(self.remarks.iter().map(|remark| remark.message(lang)));
        lines
    }

    /// Whether the start is a moment, a day that is not counted, or only a day to look from.
    fn start_line(&self) -> &'static str {
        let ends = || self.opens.iter().chain(&self.closes);
        if ends().any(|end| end.at.is_some()) {
            "clock-start-moment"
        } else if ends().any(|end| matches!(end.limit.mark, Mark::After(_))) {
            "clock-start"
        } else {
            "clock-start-plain"
        }
    }

    fn end(&self, end: &End, opens: bool, lang: Lang, lines: &mut Vec<String>) {
        let working = matches!(end.limit.mark, Mark::After(Length::WorkingDays(_)));
        if let Some(goal) = end.goal {
            lines.push(say(lang, "clock-goal", &[("date", &day_text(goal, lang))]));
        }
        for stretch in &end.stretches {
            lines.extend(stretch_lines(stretch, working, lang));
        }
        if let Some(reached) = &end.reached {
            let (on, limit) = (date_title(lang, reached.on), reached.limit.to_string());
            let previous = reached.previous.map_or_else(|| "–".to_owned(), |day| date_title(lang, day));
            let value = reached.value.to_string();
            let args: [(&str, &str); 5] = [
                ("counter", &reached.counter),
                ("limit", &limit),
                ("value", &value),
                ("on", &on),
                ("previous", &previous),
            ];
            lines.push(say(lang, "clock-reached", &args));
        }
        let what = end.limit.text(lang);
        match end.day {
            None => {
                let left = end.left.to_string();
                lines.push(say(lang, "clock-stands", &[("left", &left), ("what", &what)]));
            }
            Some(day) => {
                moving(end, lang, lines);
                let date = match end.at {
                    Some(at) => beijing_text(at),
                    None => day_text(day, lang),
                };
                let id = match (opens, self.clock.sense) {
                    (true, _) => "clock-opens",
                    (false, Sense::Term) => "clock-ends",
                    (false, _) if matches!(self.clock.rule, Rule::Before { .. }) => "clock-before",
                    (false, _) => "clock-due",
                };
                lines.push(say(lang, id, &[("date", &date), ("what", &what)]));
            }
        }
        if let Some(first) = end.provisional {
            lines.push(say(lang, "clock-provisional", &[("date", &date_title(lang, first))]));
        }
    }
}

/// What a stretch counted, and what it left out.
fn stretch_lines(stretch: &Stretch, working: bool, lang: Lang) -> Vec<String> {
    let first = date_title(lang, stretch.first);
    let reasons: Vec<String> = stretch.paused.iter().map(|reason| reason_text(reason, lang)).collect();
    let reasons = reasons.join(&between(lang, "list-separator"));
    let Some(last) = stretch.last else {
        return vec![say(lang, "clock-paused-open", &[("first", &first), ("reasons", &reasons)])];
    };
    let (last, days) = (date_title(lang, last), stretch.days().to_string());
    if !stretch.paused.is_empty() {
        let args: [(&str, &str); 4] =
            [("first", &first), ("last", &last), ("days", &days), ("reasons", &reasons)];
        return vec![say(lang, "clock-paused", &args)];
    }
    let counted = stretch.counted.to_string();
    let id = if working { "clock-counted-working" } else { "clock-counted" };
    let mut lines = vec![say(lang, id, &[("first", &first), ("last", &last), ("days", &counted)])];
    if working && stretch.weekends > 0 {
        lines.push(say(lang, "clock-weekends", &[("days", &stretch.weekends.to_string())]));
    }
    lines.extend(off(stretch, lang));
    if !stretch.made_up.is_empty() {
        let days: Vec<String> = stretch.made_up.iter().map(|day| day_text(*day, lang)).collect();
        let days = days.join(&between(lang, "list-separator"));
        lines.push(say(lang, "clock-made-up", &[("days", &days)]));
    }
    lines
}

/// Festivals of a stretch, a line each.
fn off(stretch: &Stretch, lang: Lang) -> impl Iterator<Item = String> + '_ {
    stretch.festivals.iter().map(move |festival| {
        let (first, last) = (date_title(lang, festival.first), date_title(lang, festival.last));
        let days = festival.days.to_string();
        let name = festival.name.get(lang);
        say(lang, "clock-festival", &[("name", name), ("first", &first), ("last", &last), ("days", &days)])
    })
}

/// How a last day on a rest day moved, or why it stays.
fn moving(end: &End, lang: Lang, lines: &mut Vec<String>) {
    match &end.moving {
        Moving::Unneeded | Moving::Open => {}
        Moving::Moved(over) => {
            lines.push(say(lang, "clock-moved", &[("from", &day_text(over.first, lang))]));
            lines.extend(off(over, lang));
        }
        Moving::Kept(why, near) => {
            let id = match why {
                Kept::Date => "clock-kept-date",
                Kept::Term => "clock-kept-term",
                Kept::Hours => "clock-kept-hours",
                Kept::Before => "clock-kept-before",
                Kept::Opening => "clock-kept-opening",
                Kept::Rule => "clock-kept-rule",
            };
            let near = near.map_or_else(|| "–".to_owned(), |day| day_text(day, lang));
            lines.push(say(lang, id, &[("near", &near)]));
        }
    }
}

/// A reason of a pause in words; reasons that only a catalog knows stand as they are.
fn reason_text(reason: &str, lang: Lang) -> String {
    match reason {
        "testing" => say(lang, "clock-pause-testing", &[]),
        "appraisal" => say(lang, "clock-pause-appraisal", &[]),
        "hearing" => say(lang, "clock-pause-hearing", &[]),
        "supplement" => say(lang, "clock-pause-supplement", &[]),
        _ => reason.to_owned(),
    }
}

/// A date with its weekday.
fn day_text(day: Date, lang: Lang) -> String {
    let weekday = say(lang, &format!("clock-weekday-{}", day.weekday().to_monday_one_offset()), &[]);
    say(lang, "clock-day", &[("date", &date_title(lang, day)), ("weekday", &weekday)])
}

/// An instant in Beijing time, to the minute.
fn beijing_text(at: jiff::Timestamp) -> String {
    let local = jiff::tz::Offset::constant(8).to_datetime(at);
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}
