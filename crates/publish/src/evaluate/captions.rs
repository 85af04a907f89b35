//! What a figure shows, in a sentence that the data carry; and the same for those who cannot see it.

use zhiheng_catalog::model::Indicator;

use super::session::Session;
use crate::chart::{ChartKind, ChartSpec, Mark};
use crate::language::Call;
use crate::names;
use crate::phrase::{fixed, list};

/// Most places named in a caption.
const NAMED_MAX: usize = 4;

/// Marks read out one by one in an alt text.
const ALT_MARKS_MAX: usize = 12;

impl Session<'_> {
    /// The sentence over a figure.
    pub(super) fn finding(&self, kind: &ChartKind, indicator: &Indicator, call: &Call) -> String {
        let name = indicator.head.name.get(self.lang);
        let region = self.region_of(call);
        let on = self.period_of(call).unwrap_or(self.request.period).last_day();
        let region = names::region(self.catalog, region, on, self.lang);
        let place = self.where_of(call);
        match kind {
            ChartKind::Line { points, target, breaks } => {
                let target = target.map(|target| (target, names::unit(&indicator.unit, self.lang)));
                self.line_finding(points, target, breaks.len(), name, &region)
            }
            ChartKind::Ranked { points, whole, .. } => self.ranked_finding(points, *whole, indicator, &place),
            ChartKind::Pareto { points } => self.pareto_finding(points, name, &place),
            ChartKind::Funnel { points, whole } => {
                let outside: Vec<&Mark> = points
                    .iter()
                    .filter(|point| {
                        let limits = point.base.and_then(|n| crate::svg::funnel_limits(*whole, n, 0.998));
                        point
                            .value
                            .zip(limits)
                            .is_some_and(|(value, (low, high))| value < low || value > high)
                    })
                    .collect();
                let n = points.iter().filter(|point| point.value.is_some()).count().to_string();
                let named = self.named_places(outside.iter().copied());
                let id = if outside.is_empty() { "finding-funnel-none" } else { "finding-funnel" };
                let outside = outside.len().to_string();
                let by = self.by_noun(call, indicator);
                self.say(
                    id,
                    &[
                        ("place", &place),
                        ("name", name),
                        ("n", &n),
                        ("named", &named),
                        ("outside", &outside),
                        ("by", &by),
                    ],
                )
            }
            ChartKind::Control { points, held, n_base } => {
                self.control_finding(points, held, *n_base, name, &region)
            }
            ChartKind::Tiles { points } => {
                let (Some(low), Some(high)) = (extreme(points, false), extreme(points, true)) else {
                    return name.to_owned();
                };
                if let Some(alone) = self.alone(points, (low, high), name, &place) {
                    return alone;
                }
                let args = [
                    ("place", place.as_str()),
                    ("name", name),
                    ("low", &low.shown),
                    ("low-place", &low.label),
                    ("high", &high.shown),
                    ("high-place", &high.label),
                    ("small", &self.small_aside(points)),
                ];
                let mut text = self.say("finding-tiles", &args);
                // A map names no winner that the samples do not carry.
                if low.limits.zip(high.limits).is_some_and(|(low, high)| low.1 >= high.0) {
                    text.push_str(&self.say("finding-tiles-unproven", &[]));
                }
                text
            }
        }
    }

    fn line_finding(
        &self,
        points: &[Mark],
        target: Option<(f64, String)>,
        n_breaks: usize,
        name: &str,
        region: &str,
    ) -> String {
        let with: Vec<&Mark> = points.iter().filter(|point| point.value.is_some()).collect();
        let (Some(first), Some(last)) = (with.first(), with.last()) else { return name.to_owned() };
        let (Some(low), Some(high)) = (extreme(points, false), extreme(points, true)) else {
            return name.to_owned();
        };
        let title = |mark: &Mark| {
            zhiheng_base::Period::parse(&mark.label)
                .map_or_else(|_| mark.label.clone(), |p| p.title(self.lang))
        };
        let id = if with.len() == 1 { "finding-line-one" } else { "finding-line" };
        let mut text = self.say(
            id,
            &[
                ("region", region),
                ("name", name),
                ("first", &title(first)),
                ("last", &title(last)),
                ("low", &low.shown),
                ("high", &high.shown),
            ],
        );
        if let Some((target, unit)) = target {
            let above = with.iter().filter(|mark| mark.value.is_some_and(|value| value >= target)).count();
            let number = rust_decimal::Decimal::try_from(target).unwrap_or_default().normalize();
            let args = [
                ("target", format!("{number}{unit}")),
                ("n", with.len().to_string()),
                ("above", above.to_string()),
            ];
            let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
            let id = match above {
                0 => "finding-target-none",
                n if n == with.len() => "finding-target-all",
                _ => "finding-target",
            };
            text.push_str(&self.say(id, &args));
        }
        if n_breaks > 0 {
            text.push_str(&self.say("finding-breaks", &[]));
        }
        text
    }

    fn ranked_finding(
        &self,
        points: &[Mark],
        whole: Option<f64>,
        indicator: &Indicator,
        place: &str,
    ) -> String {
        let name = indicator.head.name.get(self.lang);
        let (Some(low), Some(high)) = (extreme(points, false), extreme(points, true)) else {
            return name.to_owned();
        };
        if let Some(alone) = self.alone(points, (low, high), name, place) {
            return alone;
        }
        let mut text = self.say(
            "finding-ranked",
            &[
                ("place", place),
                ("name", name),
                ("low", &low.shown),
                ("high", &high.shown),
                ("low-place", &low.label),
                ("high-place", &high.label),
                ("small", &self.small_aside(points)),
            ],
        );
        let Some(whole) = whole else { return text };
        let beside = |below: bool| {
            points.iter().filter(move |point| {
                point.limits.is_some_and(|(low, high)| if below { high < whole } else { low > whole })
            })
        };
        let (below, above) = (beside(true).count(), beside(false).count());
        if points.iter().all(|point| point.limits.is_none()) {
            return text;
        }
        let shown =
            format!("{}{}", fixed(whole, indicator.round.digits), names::unit(&indicator.unit, self.lang));
        let args = [
            ("whole", shown),
            ("below", self.named_places(beside(true))),
            ("above", self.named_places(beside(false))),
        ];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        let id = match (below, above) {
            (0, 0) => "finding-ranked-none",
            (_, 0) => "finding-ranked-below",
            (0, _) => "finding-ranked-above",
            _ => "finding-ranked-both",
        };
        text.push_str(&self.say(id, &args));
        text
    }

    /// Where one place alone can be named, it is neither the highest nor the lowest.
    fn alone(&self, points: &[Mark], (low, high): (&Mark, &Mark), name: &str, place: &str) -> Option<String> {
        if !std::ptr::eq(low, high) {
            return None;
        }
        let n = points.iter().filter(|point| point.value.is_some()).count();
        let id = if n == 1 { "finding-one" } else { "finding-one-large" };
        let args = [("place", place), ("name", name), ("label", high.label.as_str()), ("shown", &high.shown)];
        Some(self.say(id, &args))
    }

    /// Says that extremes on small bases are not named, where there are any.
    fn small_aside(&self, points: &[Mark]) -> String {
        let small = points.iter().filter(|point| point.small && point.value.is_some()).count();
        let n = points.iter().filter(|point| point.value.is_some()).count();
        if small > 0 && small < n { self.say("finding-small", &[]) } else { String::new() }
    }

    fn pareto_finding(&self, points: &[Mark], name: &str, place: &str) -> String {
        let all: f64 = points.iter().filter_map(|point| point.value).sum();
        // The rest, put together at the end, is no cause of its own: it has no address.
        let causes: Vec<&Mark> = points.iter().filter(|point| point.address.is_some()).collect();
        let n = causes.len().min(3);
        let part: f64 = causes[..n].iter().filter_map(|point| point.value).sum();
        let named: Vec<String> = causes[..n].iter().map(|point| point.label.clone()).collect();
        let share = fixed(if all > 0.0 { 100.0 * part / all } else { 0.0 }, 1);
        let id = if causes.len() <= 1 { "finding-pareto-one" } else { "finding-pareto" };
        self.say(
            id,
            &[
                ("place", place),
                ("name", name),
                ("n", &n.to_string()),
                ("named", &list(&named, self.lang)),
                ("share", &share),
            ],
        )
    }

    fn named_places<'m>(&self, marks: impl Iterator<Item = &'m Mark>) -> String {
        let labels: Vec<String> = marks.map(|mark| mark.label.clone()).collect();
        if labels.len() <= NAMED_MAX {
            return list(&labels, self.lang);
        }
        let named = list(&labels[..NAMED_MAX], self.lang);
        self.say("and-more", &[("named", &named), ("n", &labels.len().to_string())])
    }

    /// The figure in words: what it is, what it shows, and its marks as far as they can be read out.
    pub(super) fn alt(&self, chart: &ChartSpec) -> String {
        let kind = match &chart.kind {
            ChartKind::Line { .. } => "line",
            ChartKind::Ranked { .. } => "ranked",
            ChartKind::Pareto { .. } => "pareto",
            ChartKind::Funnel { .. } => "funnel",
            ChartKind::Control { .. } => "control",
            ChartKind::Tiles { .. } => "tiles",
        };
        let marks = chart.kind.marks();
        let items: Vec<String> = marks
            .iter()
            .take(ALT_MARKS_MAX)
            .map(|mark| self.say("alt-mark", &[("label", &mark.label), ("shown", &mark.shown)]))
            .collect();
        let id = if marks.len() > ALT_MARKS_MAX { "alt-some" } else { "alt-all" };
        self.say(
            id,
            &[
                ("kind", kind),
                ("finding", &chart.title),
                ("n", &marks.len().to_string()),
                ("marks", &list(&items, self.lang)),
            ],
        )
    }
}

/// The mark with the lowest or highest value that does not rest on a small base; else among all.
fn extreme(points: &[Mark], highest: bool) -> Option<&Mark> {
    let pick = |small: bool| {
        let found = points
            .iter()
            .filter(|point| small || !point.small)
            .filter_map(|point| Some((point.value?, point)));
        let found = if highest {
            // The first of equals, as for the lowest.
            found.rev().max_by(|a, b| a.0.total_cmp(&b.0))
        } else {
            found.min_by(|a, b| a.0.total_cmp(&b.0))
        };
        found.map(|(_, point)| point)
    };
    pick(false).or_else(|| pick(true))
}
