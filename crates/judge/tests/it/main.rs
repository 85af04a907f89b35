//! Schemes judged, and how sure, by stages, with which duties, and what if.

mod duties;
mod evidence;
mod help;
mod judge;
mod panel;
mod robust;
mod stages;
mod what_if;
