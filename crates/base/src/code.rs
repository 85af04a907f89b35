//! Checked codes.
