//! Schemes judged, and how sure, by stages, with which duties, and what if.

mod help;
mod judge;
mod robust;
