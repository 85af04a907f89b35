//! Reading reference data, and the comparison every test uses.

use zhiheng_methods::run::Frame;

/// What `read` makes of a file of `../shared/data`, or `None` with a line saying so; on CI its absence is a failure.
pub(crate) fn shared<T>(name: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
    let path = format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(read(&text)),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{path}: {error}");
            eprintln!("did not run: {path}: {error}");
            None
        }
    }
}

/// A header and its rows, all cells as text.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// One row of a [`Table`], its cells by name.
pub(crate) struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl Table {
    /// The table in CSV text.
    pub(crate) fn parse(text: &str) -> Self {
        let frame = Frame::from_csv(text.as_bytes()).expect("a table");
        let header: Vec<String> = frame.names().map(str::to_owned).collect();
        let columns: Vec<&[String]> = header.iter().map(|name| frame.texts(name).expect("its own")).collect();
        let row = |at: usize| columns.iter().map(|column| column[at].clone()).collect();
        Self { rows: (0..frame.n_rows()).map(row).collect(), header }
    }

    /// A file of vectors beside the tests.
    pub(crate) fn vector(name: &str) -> Self {
        let path = format!("{}/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
        Self::parse(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    /// A file of `../shared/data`, if it is there.
    pub(crate) fn shared(name: &str) -> Option<Self> {
        shared(name, Self::parse)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }
}

impl Row<'_> {
    pub(crate) fn text(&self, column: &str) -> &str {
        let at = self.table.header.iter().position(|name| name == column);
        &self.cells[at.unwrap_or_else(|| panic!("no column {column}"))]
    }

    /// The number in a cell; NaN when it is blank.
    pub(crate) fn real(&self, column: &str) -> f64 {
        match self.text(column) {
            "" => f64::NAN,
            text => text.parse().unwrap_or_else(|_| panic!("{column}: {text} is not a number")),
        }
    }

    pub(crate) fn count(&self, column: &str) -> u64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column}: not a count"))
    }

    pub(crate) fn line(&self) -> String {
        self.cells.join(",")
    }
}

/// Collects the worst error of a family and fails at the end with the rows that exceed the tolerance.
pub(crate) struct Worst {
    name: String,
    tolerance: f64,
    cells: usize,
    greatest: (f64, String),
    misses: Vec<String>,
}

impl Worst {
    pub(crate) fn new(name: &str, tolerance: f64) -> Self {
        Self { name: name.into(), tolerance, cells: 0, greatest: (0.0, String::new()), misses: Vec::new() }
    }

    /// Relative error, or absolute where the expected value is 0.
    pub(crate) fn relative(&mut self, found: f64, expected: f64, place: &str) {
        let error = if found.to_bits() == expected.to_bits() || (found == 0.0 && expected == 0.0) {
            0.0
        } else if expected == 0.0 {
            found.abs()
        } else {
            ((found - expected) / expected).abs()
        };
        self.add(error, found, expected, place);
    }

    /// Absolute error, for quantities that are differences of numbers near 1.
    pub(crate) fn absolute(&mut self, found: f64, expected: f64, place: &str) {
        self.add((found - expected).abs(), found, expected, place);
    }

    fn add(&mut self, error: f64, found: f64, expected: f64, place: &str) {
        self.cells += 1;
        if error > self.greatest.0 || error.is_nan() {
            self.greatest = (error, place.into());
        }
        // a NaN error is a miss too
        if error.is_nan() || error > self.tolerance {
            self.misses.push(format!("{place}: found {found:e}, expected {expected:e}, error {error:.1e}"));
        }
    }

    pub(crate) fn finish(self) {
        let Self { name, tolerance, cells, greatest, misses } = self;
        eprintln!(
            "{name}: {cells} cells, worst error {:.1e} at {} (allowed {tolerance:.0e})",
            greatest.0, greatest.1
        );
        let shown = misses.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
        assert!(misses.is_empty(), "{name}: {} of {cells} beyond {tolerance:e}\n{shown}", misses.len());
        assert!(cells > 0, "{name}: nothing compared");
    }
}
