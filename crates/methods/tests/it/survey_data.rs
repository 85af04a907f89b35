//! Columns of a CSV file for the survey tests, quoted cells included.

/// A table by columns.
pub(crate) struct Data {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Data {
    pub(crate) fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let header = split(lines.next().unwrap_or_default());
        Self { header, rows: lines.filter(|line| !line.is_empty()).map(split).collect() }
    }

    /// The file beside the repository, or `None` with a line saying so; on CI its absence is a failure.
    pub(crate) fn shared(name: &str) -> Option<Self> {
        let path = format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
        match std::fs::read_to_string(&path) {
            Ok(text) => Some(Self::parse(&text)),
            Err(error) => {
                assert!(std::env::var_os("CI").is_none(), "{path}: {error}");
                eprintln!("did not run: {path}: {error}");
                None
            }
        }
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// The rows for which `keep` holds for the text in `column`.
    pub(crate) fn only(&self, column: &str, keep: impl Fn(&str) -> bool) -> Self {
        let at = self.at(column);
        let rows = self.rows.iter().filter(|row| keep(&row[at])).cloned().collect();
        Self { header: self.header.clone(), rows }
    }

    pub(crate) fn texts(&self, column: &str) -> Vec<&str> {
        let at = self.at(column);
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }

    /// Numbers; NaN where blank.
    pub(crate) fn reals(&self, column: &str) -> Vec<f64> {
        self.texts(column).iter().map(|text| real(text)).collect()
    }

    /// Numbers of the groups and their names in order; blank is `u32::MAX`.
    pub(crate) fn codes(&self, column: &str) -> (Vec<u32>, Vec<String>) {
        let texts = self.texts(column);
        let mut names: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let code = |text: &&str| names.iter().position(|name| name == text).map_or(u32::MAX, |at| at as u32);
        (texts.iter().map(code).collect(), names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Whether each row has `text` in `column`, as 1, 0 or NaN.
    pub(crate) fn is(&self, column: &str, text: &str) -> Vec<f64> {
        let each = self.texts(column).into_iter();
        each.map(|cell| if cell.is_empty() { f64::NAN } else { f64::from(u8::from(cell == text)) }).collect()
    }

    fn at(&self, column: &str) -> usize {
        let at = self.header.iter().position(|name| name == column);
        at.unwrap_or_else(|| panic!("no column {column}"))
    }
}

pub(crate) fn real(text: &str) -> f64 {
    match text {
        "" | "NA" => f64::NAN,
        "Inf" => f64::INFINITY,
        text => text.parse().unwrap_or_else(|_| panic!("{text} is not a number")),
    }
}

/// Cells of a line; a quoted cell may hold commas and doubled quotes.
fn split(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.trim_end_matches('\r').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    cells
}
