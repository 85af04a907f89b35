//! How much of anything is read. Every number here has a test that goes beyond it.

use serde::{Deserialize, Serialize};

/// Limits of one import. The defaults serve files of 20 million rows; only the workbook limits bind earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Longest cell, in bytes.
    pub cell_bytes: usize,
    /// Longest row, in bytes.
    pub row_bytes: usize,
    /// Most columns.
    pub columns: usize,
    /// Most bytes that a workbook may inflate to, all parts together.
    pub workbook_bytes: u64,
    /// Most bytes that a `.gz` stream may inflate to.
    pub stream_bytes: u64,
    /// Most parts of a workbook.
    pub parts: usize,
    /// Largest ratio of inflated to packed bytes, beyond the first `ratio_from` bytes.
    pub ratio: u64,
    /// Inflated bytes below which the ratio does not matter.
    pub ratio_from: u64,
    /// Most cells of a workbook.
    pub cells: u64,
    /// Deepest nesting of JSON.
    pub depth: usize,
    /// Largest Parquet footer, in bytes.
    pub footer_bytes: u64,
    /// Largest record, as canonical JSON, in bytes: a leaf of the ledger holds 65,535 with its envelope.
    pub record_bytes: usize,
    /// Problems handed back in full; beyond it they are only counted.
    pub problems: usize,
    /// Address space of the child process, in bytes.
    pub memory: u64,
    /// Processor seconds of the child process, before the share for the file's size.
    pub cpu_seconds: u64,
    /// Bytes of the file that earn the child one more processor second.
    pub bytes_per_second: u64,
    /// Seconds without a sign of life after which the child is ended.
    pub idle_seconds: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            cell_bytes: 1 << 20,
            row_bytes: 4 << 20,
            columns: 1_024,
            workbook_bytes: 200_000_000,
            stream_bytes: 64_000_000_000,
            parts: 1_000,
            ratio: 200,
            ratio_from: 1_000_000,
            cells: 5_000_000,
            depth: 64,
            footer_bytes: 16 << 20,
            record_bytes: 60_000,
            problems: 10_000,
            memory: 1 << 30,
            cpu_seconds: 60,
            bytes_per_second: 500_000,
            idle_seconds: 60,
        }
    }
}

impl Limits {
    /// Processor seconds for a file of this many bytes.
    pub fn cpu_for(&self, bytes: u64) -> u64 {
        self.cpu_seconds.saturating_add(bytes / self.bytes_per_second.max(1))
    }
}
