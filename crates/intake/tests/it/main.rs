//! Files of every kind through the whole import.

mod cells;
mod formats;
mod hostile;
mod process;
mod real;
mod support;
mod within;
mod workbooks;
