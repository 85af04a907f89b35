//! A series as small as a word, for a cell beside its number. It does not replace the number.

use super::palette::{Palette, colour};

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 26.0;
/// Room for the last point.
const EDGE: f64 = 3.5;

/// One step: value and limits; `None` leaves a gap.
pub type Step = (Option<f64>, Option<(f64, f64)>);

/// Draws a series for a page; `says` is what it shows in words. Empty for fewer than two values, which make no line.
pub fn spark(steps: &[Step], says: &str) -> String {
    let values = || steps.iter().filter_map(|step| step.0);
    if values().count() < 2 {
        return String::new();
    }
    let all = || values().chain(steps.iter().filter_map(|step| step.1).flat_map(|(low, high)| [low, high]));
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    let room = if high > low { high - low } else { 1.0 };
    let gap = (WIDTH - 2.0 * EDGE) / (steps.len() - 1) as f64;
    let x = |at: usize| EDGE + gap * at as f64;
    // A series that does not move runs through the middle.
    let y = |value: f64| {
        let share = if high > low { (value - low) / room } else { 0.5 };
        HEIGHT - EDGE - share * (HEIGHT - 2.0 * EDGE)
    };
    let c = |role: &str| colour(role, Palette::Web);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"zh-spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        super::write::escaped(says)
    );
    for run in runs(steps) {
        let with: Vec<(usize, (f64, f64))> =
            run.iter().filter_map(|&at| Some((at, steps.get(at)?.1?))).collect();
        if with.len() > 1 {
            let upper = with.iter().map(|(at, (_, high))| point(x(*at), y(*high)));
            let lower = with.iter().rev().map(|(at, (low, _))| point(x(*at), y(*low)));
            let band: Vec<String> = upper.chain(lower).collect();
            out += &format!("<polygon points=\"{}\" fill=\"{}\"/>", band.join(" "), c("band"));
        }
        let line: Vec<String> =
            run.iter().filter_map(|&at| Some(point(x(at), y(steps.get(at)?.0?)))).collect();
        if line.len() > 1 {
            out += &format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" stroke-linejoin=\"round\"/>",
                line.join(" "),
                c("series")
            );
        }
    }
    if let Some((at, value)) = steps.iter().enumerate().rev().find_map(|(at, step)| Some((at, step.0?))) {
        out += &format!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.6\" fill=\"{}\"/>",
            x(at),
            y(value),
            c("series")
        );
    }
    out + "</svg>"
}

fn point(x: f64, y: f64) -> String {
    format!("{x:.1},{y:.1}")
}

/// Stretches without a gap.
fn runs(steps: &[Step]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = vec![Vec::new()];
    for (at, step) in steps.iter().enumerate() {
        match (step.0, runs.last_mut()) {
            (Some(_), Some(run)) => run.push(at),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::spark;

    #[test]
    fn a_gap_breaks_the_line_and_the_band() {
        let step = |value: f64| (Some(value), Some((value - 1.0, value + 1.0)));
        let svg = spark(&[step(1.0), step(2.0), (None, None), step(3.0), step(5.0)], "a < b");
        assert_eq!((svg.matches("<polyline").count(), svg.matches("<polygon").count()), (2, 2), "{svg}");
        // Low 0 at the bottom (22.5), high 6 at the top (3.5): 5 lies at 22.5 − 5/6·19 = 6.7.
        assert!(svg.contains("cx=\"92.5\" cy=\"6.7\""), "{svg}");
        assert!(svg.contains("aria-label=\"a &lt; b\""), "{svg}");
    }

    #[test]
    fn one_value_makes_no_line_and_equal_values_a_level_one() {
        assert_eq!(spark(&[(Some(1.0), None), (None, None)], ""), "");
        assert!(spark(&[(Some(4.0), None), (Some(4.0), None)], "").contains("3.5,13.0 92.5,13.0"));
    }
}
