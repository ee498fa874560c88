//! Progress on a terminal, for what takes longer than a second.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use irenic::Progress;

pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_secs(1));
        Self(bar)
    }

    /// The same for a command that writes results as it goes: on a terminal they would run into the bar.
    pub(crate) fn beside_results() -> Self {
        if std::io::stdout().is_terminal() { Self(ProgressBar::hidden()) } else { Self::new() }
    }

    /// Does something that writes on the terminal while the bar stands aside.
    pub(crate) fn aside(&self, act: impl FnOnce()) {
        self.0.suspend(act);
    }

    /// A bar that counts bytes.
    pub(crate) fn of_bytes() -> Self {
        let bar = Self::new();
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.0.set_style(style);
        }
        bar
    }

    /// So many bytes are there, of so many where that is known.
    pub(crate) fn bytes(&self, already: u64, total: Option<u64>) {
        self.0.set_message("fetching");
        self.0.set_length(total.unwrap_or(0));
        self.0.set_position(already);
    }

    /// So many more came.
    pub(crate) fn received(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn begin(&self, step: &'static str, units: usize) {
        self.0.set_length(units as u64);
        self.0.set_position(0);
        self.0.set_message(step);
    }

    fn advance(&self) {
        self.0.inc(1);
    }
}
