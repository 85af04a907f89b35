//! Records that nobody checked: problems, never a panic, and no endless work.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zhiheng_base::{Diagnostic, Lang, Period, Regions};
use zhiheng_plan::clause::Clause;
use zhiheng_plan::cycle::{Stage, cycle};
use zhiheng_plan::norm::Norm;
use zhiheng_plan::pair::Interest;
use zhiheng_plan::succeed::Reallocation;
use zhiheng_plan::task::Task;
use zhiheng_plan::visit::Visit;
use zhiheng_plan::{FromRow, burden, decompose, letter, repeat, target, task};

use crate::{day, region, rows};

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "2015",
            "2015-01-01",
            "9999-12-31",
            "-9999-01-01",
            "621122",
            "100000",
            "1e30",
            "-0",
            "sum",
            "each",
            "weighted-mean",
            "linear",
            "79228162514264337593543950335",
            "-79228162514264337593543950335",
            "0.0000000000000000000000000001",
            "A",
            "certificates",
            "random",
            "next",
            "plan",
            "done",
            "ratio",
            "cap",
        ])
        .prop_map(Value::from),
        Just(json!(["A", "B"])),
        Just(json!([1, null])),
        Just(json!({ "a": 1 })),
    ]
}

fn records() -> impl Strategy<Value = Vec<Map<String, Value>>> {
    let fields = [
        "number",
        "parent",
        "indicator",
        "region",
        "unit",
        "period",
        "shape",
        "value",
        "weight",
        "rule",
        "tolerance",
        "exception",
        "target",
        "on_day",
        "from_targets",
        "to_targets",
        "reason",
        "decided_on",
        "rule_set",
        "stage",
        "first_month",
        "month",
        "day",
        "on_rest_day",
        "since_day",
        "until_day",
        "letter",
        "version",
        "says",
        "lead",
        "joint",
        "evidence",
        "often",
        "due_on",
        "state",
        "done_on",
        "clause",
        "issuer",
        "signer",
        "full_score",
        "amends",
        "hash",
        "party",
        "signed_on",
        "kind",
        "class",
        "exempt",
        "inspector",
        "object",
        "enterprise",
        "level",
        "organiser",
        "samples",
        "standard",
        "trademark",
        "model",
    ];
    let record = prop::collection::vec((prop::sample::select(fields.to_vec()), anything()), 0..fields.len());
    let record =
        record.prop_map(|pairs| pairs.into_iter().map(|(field, value)| (field.to_owned(), value)).collect());
    prop::collection::vec(record, 0..6)
}

fn all_said(problems: &[Diagnostic]) {
    for problem in problems {
        for lang in [Lang::Zh, Lang::En] {
            let said = problem.message(lang);
            // The mark of a missing text may stand in what was given, too.
            let given = problem.args.values().any(|value| value.contains('«'));
            assert!((given || !said.contains('«')) && problem.hint(lang).is_some(), "{said}");
        }
    }
}

fn read<T: FromRow>(data: &[Map<String, Value>]) -> Vec<T> {
    let (values, problems) = zhiheng_plan::read(rows(data));
    all_said(&problems);
    values
}

proptest! {
    #[test]
    fn nothing_panics(data in records(), more in records()) {
        let (targets, problems) = target::read(rows(&data), rows(&more));
        all_said(&problems);
        let sticks = ["certificates", "A", ""].map(|id| {
            let nature = decompose::Nature::Open;
            (id.to_owned(), decompose::Yardstick { better: zhiheng_catalog::model::Better::Neither, nature })
        });
        let sticks = sticks.into_iter().collect();
        all_said(&decompose::check(&targets, &sticks, &Regions::default()).1);
        let decisions = read::<Reallocation>(&more);
        all_said(&zhiheng_plan::succeed::succeed(&targets, &decisions, &sticks, &Regions::default(), day("2015-07-01")).1);
        all_said(&cycle(&read::<Stage>(&data), region("621122"), 2015, &|_| false).1);
        let (clauses, tasks) = (read::<Clause>(&data), read::<Task>(&more));
        let year = Period::year(2015).expect("a year");
        all_said(&task::check(&clauses, &tasks, year, day("2015-07-01")));
        for clause in &clauses {
            let _ = clause.tasks(year);
        }
        let letters: Vec<_> = read::<letter::Head>(&data)
            .into_iter()
            .map(|head| { let (letter, problems) = letter::letter(head, &clauses, &targets); all_said(&problems); letter })
            .collect();
        all_said(&letter::standing(&letters, &read::<letter::Signature>(&more), day("2015-07-01")).1);
        let (norms, visits) = (read::<Norm>(&data), read::<Visit>(&more));
        let _ = read::<Interest>(&data);
        all_said(&burden::burden(&visits, &norms, &std::collections::BTreeMap::new(), region("621122")).1);
        for norm in &norms {
            all_said(&repeat::repeats(&visits, &["A", "city"], norm).1);
        }
    }
}

/// Chains, stars and loops of many targets are walked once.
#[test]
fn large_trees_end_soon() {
    let n = 60_000;
    for shape in 0..4 {
        let rows_of: Vec<Map<String, Value>> = (0..n)
            .map(|i: u32| {
                let parent = match shape {
                    0 => (i > 0).then(|| (i - 1).to_string()),
                    1 => (i > 0).then(|| "0".to_owned()),
                    2 => Some(((i + 1) % n).to_string()),
                    _ => Some((i + 1).to_string()),
                };
                let row = json!({ "number": i.to_string(), "parent": parent, "indicator": "certificates",
                    "region": "621122", "period": "2015", "value": "1", "rule": "sum" });
                row.as_object().expect("an object").clone()
            })
            .collect();
        let (targets, problems) = target::read(rows(&rows_of), rows(&[]));
        assert!(problems.is_empty());
        let stick = decompose::Yardstick {
            better: zhiheng_catalog::model::Better::Higher,
            nature: decompose::Nature::Adds,
        };
        let sticks = [("certificates".to_owned(), stick)].into_iter().collect();
        let start = std::time::Instant::now();
        let (_, problems) = decompose::check(&targets, &sticks, &Regions::default());
        assert!(start.elapsed().as_secs() < 20, "shape {shape}: {:?}", start.elapsed());
        let loops = problems.iter().filter(|problem| problem.code == "ZH8511").count();
        assert_eq!(loops, usize::from(shape == 2));
    }
}
