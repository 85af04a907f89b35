//! Real files through declared sources, no code for any of them: every row is kept, refused or left out, and the
//! refusals are explained.

use std::path::{Path, PathBuf};

use zhiheng_catalog::Catalog;
use zhiheng_intake::worker::{Aim, Done};
use zhiheng_intake::{Frame, Request, run_here};

fn data() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/records"));
    if folder.is_dir() {
        return Some(folder.to_owned());
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
    eprintln!("did not run: {} is missing", folder.display());
    None
}

fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/real/catalog");
    let loaded = zhiheng_catalog::load(&[&folder]);
    let errors: Vec<_> = loaded.problems.iter().filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    loaded.catalog
}

fn import(catalog: &Catalog, file: &Path, source: &str) -> Done {
    let request = Request::new(file, Aim::Source(source.to_owned()), crate::support::TODAY);
    let mut kept = 0;
    let mut first = None;
    let done = run_here(&request, catalog, &mut |frame| match frame {
        Frame::Rows(drafts) => kept += drafts.len() as u64,
        Frame::Problems(problems) => first = first.take().or(problems.into_iter().next()),
        _ => {}
    });
    let done = done.unwrap_or_else(|failed| panic!("{source}: {}", failed.message(zhiheng_base::Lang::En)));
    assert!(done.adds_up(), "{source}: {done:?}");
    assert_eq!(done.kept, kept);
    for group in &done.groups {
        eprintln!(
            "{source}: {} {} × {} (first in row {})",
            group.code, group.field, group.count, group.first
        );
    }
    if let Some(first) = first {
        eprintln!("{source}: {}", first.message(zhiheng_base::Lang::En));
    }
    done
}

#[test]
fn real_files_are_accounted_for_row_by_row() {
    let Some(data) = data() else { return };
    let catalog = catalog();
    // Rows, refused, left out.
    for (file, source, rows, refused, left_out) in [
        ("chicago_food_inspections_2011_2012.csv.gz", "chicago.inspections", 9_012, 0, 0),
        ("chicago_business_licences_2011_2012.csv.gz", "chicago.licences", 9_012, 774, 1_071),
        ("chicago_sanitation_complaints_to_2011.csv.gz", "chicago.complaints", 18_106, 0, 0),
        ("restaurant_inspections_anchorage.csv", "anchorage.inspections", 27_178, 0, 0),
        ("rasff_notifications_part1.csv", "rasff.notifications", 2_750, 2, 0),
        ("us_food_recalls_clean.json", "us_recalls.recalls", 339, 1, 0),
    ] {
        let done = import(&catalog, &data.join(file), source);
        eprintln!(
            "{source}: {} rows, {} kept, {} refused, {} left out",
            done.seen,
            done.kept,
            done.refused,
            done.left_out_rows()
        );
        assert_eq!((done.seen, done.refused, done.left_out_rows()), (rows, refused, left_out), "{source}");
    }
}
