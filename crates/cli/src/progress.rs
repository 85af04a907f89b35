//! Progress of long work on stderr: a bar on a terminal, nothing in a pipe.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar, or nothing.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar of `total` steps (0: unknown) that says `what`.
    pub(crate) fn new(what: String, total: u64, wanted: bool) -> Progress {
        let bar = if total == 0 { ProgressBar::no_length() } else { ProgressBar::new(total) };
        if !wanted || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let template = if total == 0 {
            "{spinner} {msg} {human_pos} ({per_sec}) {elapsed}"
        } else {
            "{msg} {wide_bar} {human_pos}/{human_len} ({per_sec}) {eta}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress(bar)
    }

    /// So many steps are done.
    pub(crate) fn set(&self, n: u64) {
        self.0.set_position(n);
    }

    /// So many of so many steps are done.
    pub(crate) fn of(&self, n: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(n);
    }

    /// The work is done; the bar goes away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
