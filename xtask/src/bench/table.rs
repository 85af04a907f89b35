//! Figures as a Markdown table, kept between runs so that one figure can be measured again alone.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// One figure with its goal and its peer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// What was measured.
    pub(crate) what: String,
    /// What it is to be; empty: for information.
    pub(crate) goal: String,
    /// Our figure.
    pub(crate) ours: String,
    /// The peer's figure; empty without a peer.
    pub(crate) peer: String,
    /// Unit of both.
    pub(crate) unit: String,
    /// Ours by the peer's, or the other way round: the table's heading says which.
    pub(crate) ratio: String,
    /// Whether the goal is met.
    pub(crate) met: Option<bool>,
    /// What else there is to know: single runs, memory.
    pub(crate) note: String,
    /// What was run.
    pub(crate) commands: Vec<String>,
}

/// The figures of one size.
#[derive(Debug, Default)]
pub(crate) struct Table {
    lines: Vec<(String, Line)>,
}

impl Table {
    /// What was measured before.
    pub(crate) fn read(path: &Path) -> Result<Table> {
        if !path.exists() {
            return Ok(Table::default());
        }
        let all: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        let lines = all.as_array().context("no list of figures")?.iter().map(line).collect();
        Ok(Table { lines })
    }

    /// Puts the figures of `name` in the place of earlier ones.
    pub(crate) fn replace(&mut self, name: &str, lines: Vec<Line>) {
        let at = self.lines.iter().position(|(known, _)| known == name).unwrap_or(self.lines.len());
        self.lines.retain(|(known, _)| known != name);
        let at = at.min(self.lines.len());
        self.lines.splice(at..at, lines.into_iter().map(|line| (name.to_owned(), line)));
    }

    /// Keeps the figures for the next run.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let all: Vec<Value> = self.lines.iter().map(|(name, line)| value(name, line)).collect();
        std::fs::write(path, serde_json::to_string_pretty(&all)?)?;
        Ok(())
    }

    // Writing to a String cannot fail.
    fn markdown(&self, ratio: &str) -> String {
        let mut text = format!(
            "| what | goal | ours | peer | unit | {ratio} | met |\n|---|---|---:|---:|---|---:|---|\n"
        );
        for (name, line) in &self.lines {
            let met = line.met.map_or("", |met| if met { "yes" } else { "**no**" });
            let or_dash = |cell: &str| if cell.is_empty() { "–".to_owned() } else { cell.to_owned() };
            let _ = writeln!(
                text,
                "| `{name}`: {} | {} | {} | {} | {} | {} | {met} |",
                line.what,
                or_dash(&line.goal),
                line.ours,
                or_dash(&line.peer),
                line.unit,
                or_dash(&line.ratio)
            );
        }
        text.push('\n');
        for (name, line) in &self.lines {
            if !line.note.is_empty() || !line.commands.is_empty() {
                let _ = writeln!(text, "- `{name}`, {}: {}", line.what, line.note);
                for command in &line.commands {
                    let _ = writeln!(text, "  - `{command}`");
                }
            }
        }
        text
    }
}

fn value(name: &str, line: &Line) -> Value {
    json!({
        "name": name, "what": line.what, "goal": line.goal, "ours": line.ours, "peer": line.peer, "unit": line.unit,
        "ratio": line.ratio, "met": line.met, "note": line.note, "commands": line.commands,
    })
}

fn line(value: &Value) -> (String, Line) {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let commands = value["commands"].as_array().into_iter().flatten();
    let line = Line {
        what: text("what"),
        goal: text("goal"),
        ours: text("ours"),
        peer: text("peer"),
        unit: text("unit"),
        ratio: text("ratio"),
        met: value["met"].as_bool(),
        note: text("note"),
        commands: commands.filter_map(|command| Some(command.as_str()?.to_owned())).collect(),
    };
    (text("name"), line)
}

/// What a page says of a table besides its figures.
pub(crate) struct Section {
    /// Names the table's marks in the page.
    pub(crate) key: String,
    /// Its heading.
    pub(crate) heading: String,
    /// Which ratio its lines hold.
    pub(crate) ratio: &'static str,
    /// Lines about machine, versions and date.
    pub(crate) machine: String,
}

/// Puts the figures between their marks in the page; the text around them is written by hand.
pub(crate) fn publish(page: &Path, section: &Section, table: &Table) -> Result<()> {
    let Section { key, heading, ratio, machine } = section;
    let begin = format!("<!-- measured: {key} -->");
    let end = format!("<!-- end: {key} -->");
    let made = format!("{begin}\n## {heading}\n\n{machine}\n{}{end}\n", table.markdown(ratio));
    let old = std::fs::read_to_string(page).unwrap_or_default();
    let new = match (old.find(&begin), old.find(&end)) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{made}{}", &old[..from], old[to + end.len()..].trim_start_matches('\n'))
        }
        _ => format!("{}\n\n{made}", old.trim_end()),
    };
    if let Some(dir) = page.parent() {
        std::fs::create_dir_all(dir)?;
    }
    std::fs::write(page, new.trim_start()).with_context(|| page.display().to_string())
}

/// A number with three significant digits, or whole with commas from a thousand on.
pub(crate) fn thousands(number: f64) -> String {
    if number.abs() < 1000.0 {
        let places = if number == 0.0 { 0 } else { (2 - number.abs().log10().floor() as i32).clamp(0, 4) };
        return format!("{number:.*}", places as usize);
    }
    let digits = format!("{:.0}", number.abs());
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0.0 { format!("-{grouped}") } else { grouped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (number, text) in [
            (0.0, "0"),
            (0.012_34, "0.0123"),
            (3.266, "3.27"),
            (99.95, "100.0"),
            (148_213.4, "148,213"),
            (1000.0, "1,000"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn a_figure_measured_again_takes_its_old_place() {
        let line = |what: &str| Line { what: what.into(), ..Line::default() };
        let mut table = Table::default();
        table.replace("a", vec![line("1"), line("2")]);
        table.replace("b", vec![line("3")]);
        table.replace("a", vec![line("4")]);
        let seen: Vec<&str> = table.lines.iter().map(|(_, line)| line.what.as_str()).collect();
        assert_eq!(seen, ["4", "3"]);
    }
}
