//! The reports that ship with the program are read and checked without a word of complaint.

use zhiheng_base::Lang;

use super::{check, parse};

#[test]
fn shipped_reports_have_no_problems() {
    let catalog = zhiheng_catalog::load(&[]).catalog;
    assert!(!catalog.reports.is_empty());
    for report in catalog.reports.values() {
        let (source, mut problems) = parse(report);
        problems.extend(check(report, &source, &catalog));
        let told: Vec<_> = problems.iter().map(|problem| (problem.message(Lang::En), &problem.at)).collect();
        assert!(told.is_empty(), "{}: {told:#?}", report.head.id);
    }
}
