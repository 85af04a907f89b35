//! Tests of codes and the table.
