//! One proportion: one file for each interval. Callers reach them through [`crate::interval`].

pub(crate) mod wilson;
