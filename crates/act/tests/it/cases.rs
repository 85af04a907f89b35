//! Cases from outside: a folder of definitions, people, and what they may do.

mod authority;
mod examples;
mod paths;
mod refusals;
mod several;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use zhiheng_act::case::{
    Act, Ask, Case, Delegation, Entered, Evidence, Follow, Officer, Staff, Taken, World, open, take,
};
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_catalog::example::cell_value;
use zhiheng_catalog::{Catalog, Loaded};

use crate::{CALENDAR, day};

const HEAD: &str = r#"basis = ["某法"]
owner = "某科"
since = 2010-01-01
"#;

/// A folder with a penalty procedure, a listing that it opens, and the records that they enter.
pub(crate) fn folder(procedures: &str) -> Loaded {
    let records = format!(
        r#"[record.fine]
name = {{ zh = "处罚", en = "Penalty" }}
key = ["number"]
date = "decided"
region = "place"
{HEAD}
[record.fine.fields]
number = {{ type = "text", zh = "文号", en = "Number" }}
decided = {{ type = "date", zh = "日期", en = "Date" }}
place = {{ type = "region", zh = "地区", en = "Region" }}
holder = {{ type = "enterprise", zh = "企业", en = "Enterprise" }}
fine = {{ type = "money", zh = "罚款", en = "Fine", optional = true }}

[record.entry]
name = {{ zh = "列入", en = "Listing" }}
key = ["number"]
valid = {{ from = "first", until = "last" }}
region = "place"
{HEAD}
[record.entry.fields]
number = {{ type = "text", zh = "编号", en = "Number" }}
first = {{ type = "date", zh = "起", en = "From" }}
last = {{ type = "date", zh = "止", en = "Until", future = true, optional = true }}
place = {{ type = "region", zh = "地区", en = "Region" }}
"#
    );
    let roles = r#"[list.role]
name = { zh = "职责", en = "Role" }
basis = ["某法"]
owner = "某科"
since = 2010-01-01
items = [{ code = "officer", zh = "经办", en = "Officer" }, { code = "legal", zh = "法制", en = "Legal" }, { code = "head", zh = "负责人", en = "Head" }]
"#;
    let letter = "---\ntitle = { zh = \"事先告知书\", en = \"Prior notice\" }\nseries = \"{unit}告〔{year}〕\"\nto = \"{holder}\"\nbasis = [\"某法\"]\n---\n正文。\n";
    zhiheng_catalog::load_texts(&[
        ("base/README.md", ""),
        ("base/lists.toml", roles),
        ("trial/README.md", ""),
        ("trial/letters/notice.md", letter),
        ("trial/procedure.toml", procedures),
        ("trial/records.toml", &records),
    ])
}

/// The procedures of the trial folder.
pub(crate) const TRIAL: &str = include_str!("cases/trial.toml");

static LOADED: LazyLock<Loaded> = LazyLock::new(|| folder(TRIAL));

/// The trial catalog, which must be right.
pub(crate) fn catalog() -> &'static Catalog {
    assert!(!LOADED.has_errors(), "{:#?}", LOADED.problems);
    &LOADED.catalog
}

pub(crate) fn officer(
    account: &str,
    person: &str,
    role: &str,
    region: &str,
    superior: Option<&str>,
) -> Officer {
    Officer {
        account: account.into(),
        person: person.into(),
        unit: "某县质量局".into(),
        short: "某质".into(),
        region: RegionCode::parse(region).unwrap(),
        role: role.into(),
        superior: superior.map(str::to_owned),
        since: day("2010-01-01"),
        until: None,
    }
}

/// Officers of a county and its city.
fn staff() -> Staff {
    Staff {
        officers: vec![
            officer("o1", "p1", "officer", "621122", Some("p4")),
            officer("o1-second", "p1", "head", "621122", None),
            officer("o2", "p2", "officer", "621122", Some("p4")),
            officer("legal", "p3", "legal", "621122", Some("p4")),
            officer("head", "p4", "head", "621122", None),
            officer("low-head", "p5", "head", "621122", Some("p2")),
            officer("city-head", "p6", "head", "621100", None),
            officer("other-county", "p7", "officer", "621121", None),
        ],
        delegations: vec![
            Delegation {
                person: "p4".into(),
                deputy: "p8".into(),
                role: None,
                since: day("2013-06-01"),
                until: Some(day("2013-06-30")),
            },
            Delegation {
                person: "p1".into(),
                deputy: "p6".into(),
                role: Some("officer".into()),
                since: day("2013-09-01"),
                until: Some(day("2013-09-30")),
            },
        ],
    }
}

/// A desk with a ledger of paper.
pub(crate) struct Desk {
    pub(crate) staff: Staff,
    pub(crate) cases: Vec<Case>,
    entries: u64,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk { staff: staff(), cases: Vec::new(), entries: 0 }
    }

    /// Tries an act of the first case, or opens it, and writes it down if it may be.
    pub(crate) fn act(&mut self, ask: &Ask) -> Result<Taken, Vec<Diagnostic>> {
        let below = self.cases.get(1..).unwrap_or_default().to_vec();
        let world = World {
            catalog: catalog(),
            calendar: &CALENDAR,
            staff: &self.staff,
            today: day("2030-01-01"),
            below: &below,
            number: &|_| 1,
        };
        let taken = match self.cases.first() {
            None => open(world, "trial.penalty", ask),
            Some(case) => take(world, case, ask),
        }?;
        if !taken.repeated {
            self.write(0, &taken);
        }
        Ok(taken)
    }

    fn write(&mut self, at: usize, taken: &Taken) {
        if self.cases.len() <= at {
            self.cases.push(Case::default());
        }
        self.entries += 1;
        let procedure = &catalog().procedures[&taken.event.procedure];
        self.cases[at].add(procedure, self.entries, taken.event.clone());
        for follow in &taken.follows {
            self.entries += 1;
            let entry = self.entries;
            let records = self.cases.iter_mut().flat_map(|case| &mut case.entered);
            match follow {
                Follow::Record { of, data } => {
                    let new = Entered { of: of.clone(), entry, data: data.clone(), withdrawn: false };
                    self.cases[at].entered.push(new);
                }
                Follow::Correct { entry: old, data, .. } => {
                    for record in records.filter(|record| record.entry == *old) {
                        record.data = data.clone();
                    }
                }
                Follow::Withdraw { entry: old, .. } => {
                    for record in records.filter(|record| record.entry == *old) {
                        record.withdrawn = true;
                    }
                }
                Follow::Case { head, taken } => {
                    let known = self.cases.iter().position(|case| head.is_some() && case.head() == *head);
                    self.write(known.unwrap_or(self.cases.len()), taken);
                }
            }
        }
    }

    pub(crate) fn state(&self) -> &str {
        &self.cases[0].state
    }

    /// Records of a type that stand, over all cases.
    pub(crate) fn standing(&self, of: &str) -> usize {
        let records = self.cases.iter().flat_map(|case| &case.entered);
        records.filter(|record| record.of == of && !record.withdrawn).count()
    }
}

/// An act with a form.
pub(crate) fn ask(act: Act, account: &str, on: &str, form: &[(&str, &str)]) -> Ask {
    let procedure = &catalog().procedures["trial.penalty"];
    let value = |id: &str, text: &str| match procedure.field(id) {
        Some(field) => cell_value(field, text, &catalog().lists).unwrap(),
        None => zhiheng_catalog::Value::Text(text.to_owned()),
    };
    let form: BTreeMap<_, _> = form.iter().map(|(id, text)| ((*id).to_owned(), value(id, text))).collect();
    Ask {
        act,
        account: account.into(),
        on: on.parse::<Date>().unwrap(),
        form,
        figures: BTreeMap::new(),
        evidence: Vec::new(),
        reason: None,
    }
}

/// A step.
pub(crate) fn step(id: &str, account: &str, on: &str, form: &[(&str, &str)]) -> Ask {
    ask(Act::Step(id.into()), account, on, form)
}

/// A file.
pub(crate) fn file(kind: &str, hash: char) -> Evidence {
    Evidence { kind: kind.into(), name: format!("{kind}.pdf"), sha256: hash.to_string().repeat(64) }
}

/// The codes of a refusal.
pub(crate) fn codes(outcome: Result<Taken, Vec<Diagnostic>>) -> Vec<String> {
    match outcome {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| problem.code.to_string()).collect(),
    }
}

/// A case with notice given on 2013-06-03, to be answered by 2013-06-18 (15 days).
pub(crate) fn noticed() -> Desk {
    let mut desk = Desk::new();
    let form = [("place", "621122"), ("holder", "91350100M0001TGQXM")];
    desk.act(&step("", "o1", "2013-06-03", &form)).unwrap();
    desk
}
