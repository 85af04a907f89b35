//! The shipped report over the engine of measures: two years of batches in one prefecture.

use std::sync::Arc;

use zhiheng_base::{Lang, Period, RegionCode};
use zhiheng_measure::{Engine, EngineOptions, Memory};
use zhiheng_publish::figures::EngineFigures;
use zhiheng_publish::model::{Block, Inline, Pins, Report};
use zhiheng_publish::{EvaluationRequest, evaluate};

/// Batches of a year: 1,650 with 1,417 conforming in 2013, fewer in 2012; spread over counties and products.
fn leaves() -> Vec<Vec<u8>> {
    let counties = ["621102", "621121", "621122", "621123", "621124", "621125", "621126"];
    let items = ["label", "moisture", "net content"];
    let mut leaves = Vec::new();
    for (year, n, passed) in [(2012, 1500_usize, 1275_usize), (2013, 1650, 1417)] {
        for at in 0..n {
            // 7 and 5 are prime to the counts, so that failures spread over all counties and quarters.
            let conforms = (at * 7 + 3) % n < passed;
            let (conclusion, failed) =
                if conforms { ("conform", None) } else { ("nonconform", Some(items[at % 3])) };
            let mut data = serde_json::json!({
                "conclusion": conclusion,
                "link": "production",
                "product": format!("product {}", at % 5),
                "sample_no": format!("{year}-{at}"),
                "sampled_in": format!("{}000000", counties[at % 7]),
                "sampled_on": format!("{year}-{:02}-15", at % 12 + 1),
                "task": "T",
            });
            if let Some(item) = failed {
                data["failed_items"] = serde_json::json!([item]);
            }
            let leaf = serde_json::json!({ "at": "2014-01-01T00:00:00Z", "by": "test", "data": data,
                "kind": "record", "of": "sampling.batch", "provenance": "synthetic", "v": 1 });
            leaves.push(leaf.to_string().into_bytes());
        }
    }
    leaves
}

fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Strong(text) | Inline::Number { text, .. } => text.as_str(),
            Inline::NoteRef(_) => "",
        })
        .collect()
}

fn told(report: &Report) -> String {
    let paragraphs = report.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(inlines) => Some(plain(inlines)),
        Block::Table(table) => {
            Some(table.rows.iter().flatten().map(|cell| cell.text.clone() + " ").collect())
        }
        Block::Figure(figure) => Some(format!("{} {}", figure.caption, figure.alt)),
        _ => None,
    });
    paragraphs.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_shipped_report_says_what_the_records_say() {
    let catalog = Arc::new(zhiheng_catalog::load(&[]).catalog);
    let folder = tempfile::tempdir().unwrap();
    let memory = Memory { leaves: leaves() };
    let size = memory.leaves.len() as u64;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let options = EngineOptions { threads: 2, ..EngineOptions::default() };
    let mut engine = Engine::open(folder.path(), Arc::clone(&catalog), &options).unwrap();
    runtime.block_on(engine.refresh(&memory)).unwrap();

    let mut request = EvaluationRequest {
        region: RegionCode::parse("621100").unwrap(),
        period: Period::parse("2013").unwrap(),
        lang: Lang::Zh,
        issue: zhiheng_publish::model::Issue::default(),
        pins: Pins { ledger_size: size, catalog: catalog.digest.clone(), ..Pins::default() },
    };
    let figures = EngineFigures::new(&engine, runtime.handle().clone());
    let file = &catalog.reports["reports.quality-status"];
    let (report, problems) = evaluate(file, &figures, &request);
    let problems: Vec<_> = problems.iter().map(|problem| problem.message(Lang::En)).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let text = told(&report);
    for wanted in ["1650批次", "85.9%", "84.1%～87.5%", "与上年同期相比无显著差异", "陇西县"]
    {
        assert!(text.contains(wanted), "“{wanted}” is missing in\n{text}");
    }
    assert!(report.synthetic.as_ref().is_some_and(|sentence| sentence.contains("合成数据")));
    assert!(
        report
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Figure(figure) if figure.svg.contains("<svg")))
    );

    // Inside a runtime, and in the other language; the same bytes each time.
    request.lang = Lang::En;
    let english = evaluate(file, &figures, &request).0;
    let again = runtime.block_on(async { evaluate(file, &figures, &request).0 });
    assert_eq!(serde_json::to_vec(&english).unwrap(), serde_json::to_vec(&again).unwrap());
    assert!(told(&english).contains("a pass rate of 85.9%"), "{}", told(&english));
}
