//! Tests of exact numbers.
