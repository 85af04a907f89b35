//! What a watched series says on a day, from the steps that its method has judged.

use zhiheng_base::{Date, Period};
use zhiheng_measure::{Flag, Measure, Step};

use super::{Fault, Side, State};

/// Steps with a value in which an alarm is news.
pub const RECENT: usize = 3;

/// What a series says on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How it stands.
    pub state: State,
    /// The newest step, with or without a value.
    pub newest: Option<Step>,
    /// The first step of the alarms that are or were on last, if one is news.
    pub since: Option<String>,
    /// The recent steps out of the ordinary, the newest first.
    pub alarms: Vec<Step>,
    /// Why there is no judgement, if there is none.
    pub fault: Option<Fault>,
}

impl Reading {
    /// What a series of a period says when all days up to `until` are over.
    pub fn of(measure: &Measure, until: Date) -> Reading {
        let steps = told(measure, until);
        let newest = steps.last().copied();
        let valued: Vec<&Step> = steps.iter().copied().filter(|step| step.value.is_some()).collect();
        let recent = valued.len().saturating_sub(RECENT);
        let alarms: Vec<Step> =
            valued[recent..].iter().rev().filter(|step| step.alarm).map(|step| (*step).clone()).collect();
        let (state, fault) = judged(measure, newest, !alarms.is_empty());
        Reading { state, newest: newest.cloned(), since: since(&valued), alarms, fault }
    }

    /// One of a question that cannot be answered.
    pub fn failed(fault: Fault) -> Reading {
        Reading { state: State::Failed, newest: None, since: None, alarms: Vec::new(), fault: Some(fault) }
    }

    /// On which side of its limits the newest alarm lies that is news.
    pub fn side(&self) -> Option<Side> {
        self.alarms.first().map(Side::of)
    }
}

/// The steps of the period that are over. One under way says nothing yet, unless it is out of the ordinary already.
fn told(measure: &Measure, until: Date) -> Vec<&Step> {
    let over = |step: &&Step| {
        Period::parse(&step.period).is_ok_and(|period| {
            period.last_day() <= until || (step.alarm && step.value.is_some() && period.start() <= until)
        })
    };
    measure.steps.iter().filter(|step| !step.base).filter(over).collect()
}

fn judged(measure: &Measure, newest: Option<&Step>, is_news: bool) -> (State, Option<Fault>) {
    // A calendar of zeros does not say that anybody has looked.
    if measure.records == 0 {
        return (State::NoData, None);
    }
    if measure.has(Flag::Refused) {
        return (State::Failed, Some(Fault::Refused(measure.refusal.clone())));
    }
    let Some(step) = newest.filter(|step| step.value.is_some()) else { return (State::NoData, None) };
    match () {
        () if step.alarm => (State::Alarm, None),
        () if step.low.is_none() && step.high.is_none() => (State::Failed, Some(Fault::Unjudged)),
        () if is_news => (State::Recovering, None),
        () => (State::Normal, None),
    }
}

/// The first of the alarms that follow each other up to the newest recent one.
fn since(valued: &[&Step]) -> Option<String> {
    let calm = valued.iter().rev().take(RECENT).take_while(|step| !step.alarm).count();
    let rest = valued.get(..valued.len() - calm)?;
    let run = rest.iter().rev().take_while(|step| step.alarm);
    run.last().map(|step| step.period.clone())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn step(month: i8, value: Option<f64>) -> Step {
        Step {
            period: format!("2013-{month:02}"),
            value,
            centre: value.map(|_| 10.0),
            low: value.map(|_| 5.0),
            high: value.map(|_| 15.0),
            alarm: value.is_some_and(|value| !(5.0..=15.0).contains(&value)),
            base: false,
            told: Vec::new(),
        }
    }

    fn series(values: &[Option<f64>]) -> Measure {
        let address = "sampling.pass_rate_chart/621122/2013".parse().expect("an address");
        let steps = (1..).zip(values).map(|(month, value)| step(month, *value)).collect();
        Measure { records: 100, steps, ..Measure::empty(address) }
    }

    #[test]
    fn a_state_is_never_better_than_what_is_known() {
        let end = date(2013, 6, 30);
        let (calm, high, low, none) = (Some(10.0), Some(20.0), Some(1.0), None);
        for (values, state, since) in [
            (vec![calm; 6], State::Normal, None),
            (vec![calm, calm, calm, calm, high, high], State::Alarm, Some("2013-05")),
            (vec![calm, high, calm, calm, calm, low], State::Alarm, Some("2013-06")),
            (vec![calm, high, high, calm, calm, none], State::NoData, Some("2013-02")),
            (vec![calm, calm, high, high, calm, calm], State::Recovering, Some("2013-03")),
            (vec![high, high, calm, calm, calm, calm], State::Normal, None),
            (vec![none; 6], State::NoData, None),
            (vec![], State::NoData, None),
        ] {
            let reading = Reading::of(&series(&values), end);
            assert_eq!((reading.state, reading.since.as_deref()), (state, since), "{values:?}");
        }
        let silent = Measure { records: 0, ..series(&[calm; 6]) };
        assert_eq!(Reading::of(&silent, end).state, State::NoData, "zeros that nobody counted");
        let refused = Measure { flags: vec![Flag::Refused], ..series(&[]) };
        assert_eq!(Reading::of(&refused, end).state, State::Failed);
        let mut unjudged = series(&[calm; 6]);
        (unjudged.steps[5].low, unjudged.steps[5].high) = (None, None);
        assert_eq!(Reading::of(&unjudged, end).fault, Some(Fault::Unjudged));
    }

    #[test]
    fn a_step_under_way_counts_only_against_the_series() {
        let (calm, high) = (Some(10.0), Some(20.0));
        let until = date(2013, 6, 20);
        let reading = Reading::of(&series(&[calm, calm, calm, calm, calm, calm]), until);
        assert_eq!(reading.newest.map(|step| step.period).as_deref(), Some("2013-05"));
        let reading = Reading::of(&series(&[calm, calm, calm, calm, calm, high, high]), until);
        assert_eq!((reading.state, reading.since.as_deref()), (State::Alarm, Some("2013-06")));
        // Steps of days to come are not there, whatever a calendar holds for them.
        assert_eq!(reading.alarms.len(), 1);
    }

    #[test]
    fn sides_are_told_by_the_limits() {
        for (value, side) in [(20.0, Side::Above), (1.0, Side::Below), (10.0, Side::Within)] {
            assert_eq!(Side::of(&step(1, Some(value))), side);
        }
    }
}
