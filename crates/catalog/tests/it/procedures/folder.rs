//! A small folder with two versions of a procedure, one that it opens, clocks, letters and a record type.

/// Keys that every definition needs, but for the first day.
const HEAD: &str = "name = { zh = \"名称\", en = \"Name\" }\nbasis = [\"法 第一条\"]\nowner = \"科\"\n";

/// Path and text of each file.
pub(super) type Files = Vec<(&'static str, String)>;

/// The good folder.
pub(super) fn files() -> Files {
    let late = DISPOSAL
        .replace("disposal_2011", "disposal_2020")
        .replace("since = 2011-01-01\nuntil = 2019-12-31\n", "since = 2020-01-01\n");
    let readme = String::from("# x\n");
    vec![
        ("base/README.md", readme.clone()),
        ("base/lists.toml", LISTS.replace("HEAD\n", HEAD)),
        ("clocks/README.md", readme.clone()),
        ("clocks/procedure.toml", CLOCKS.to_owned()),
        ("credit/README.md", readme.clone()),
        ("credit/records.toml", RECORDS.replace("HEAD\n", HEAD)),
        ("t/README.md", readme),
        ("t/letters/README.md", String::new()),
        ("t/letters/order-to-correct.md", ORDER.to_owned()),
        ("t/letters/result-notice.md", NOTICE.to_owned()),
        ("t/procedure.toml", [DISPOSAL, &late, ENFORCEMENT].concat().replace("HEAD\n", HEAD)),
    ]
}

const LISTS: &str = r#"
[list.role]
HEAD
since = 2010-01-01
items = [
  { code = "quality-officer", zh = "质量监督人员", en = "Quality officer" },
  { code = "head", zh = "部门负责人", en = "Head of the office" },
]

[list.evidence]
HEAD
since = 2010-01-01
items = [
  { code = "test-report", zh = "检验报告", en = "Test report" },
  { code = "statement", zh = "陈述", en = "Statement" },
  { code = "photo", zh = "照片", en = "Photograph" },
]
"#;

const CLOCKS: &str = r#"
[[clock]]
id = "B1"
name = { zh = "异议", en = "Objection" }
from = "notice"
start = { zh = "收到通知", en = "receipt" }
days = 15
sense = "right"
basis = ["法 第二条"]
confirmed = true

[[clock]]
id = "B3"
name = { zh = "整改", en = "Correction" }
from = "order"
start = { zh = "责令改正", en = "order" }
days = 60
pauses = ["testing"]
basis = ["法 第三条"]
confirmed = true

[[clock]]
id = "H.hours"
name = { zh = "上报", en = "Report" }
from = "order"
start = { zh = "接报", en = "report" }
hours = 2
basis = ["法 第四条"]
confirmed = true

[[clock]]
id = "W"
name = { zh = "公示", en = "Publicity" }
from = "order"
start = { zh = "公示", en = "publicity" }
opens = { days = 5 }
basis = ["法 第五条"]
confirmed = true
"#;

const RECORDS: &str = r#"
[record.statement]
HEAD
since = 2010-01-01
key = ["number"]
date = "on_day"
[record.statement.fields]
number = { type = "text", zh = "文号", en = "Number" }
holder = { type = "enterprise", zh = "企业", en = "Holder" }
kind   = { type = "code", zh = "类别", en = "Kind", list = [{ code = "order", zh = "责令", en = "Order" }, { code = "fine", zh = "罚款", en = "Fine" }] }
on_day = { type = "date", zh = "日期", en = "Day" }
ends   = { type = "date", optional = true, zh = "止日", en = "Ends", future = true }
amount = { type = "decimal", optional = true, zh = "数额", en = "Amount" }
"#;

const DISPOSAL: &str = r#"
[procedure.disposal_2011]
HEAD
since = 2011-01-01
until = 2019-12-31
version_of = "t.disposal"
dated = "sampled_on"
region = "sampled_in"
within = "620000"

[procedure.disposal_2011.roles]
organiser = { zh = "组织抽查的部门", en = "Organising office", holds = "quality-officer", at = "own" }
leader = { zh = "部门负责人", en = "Head of the office", holds = "head", apart = ["notify"] }
producer = { zh = "标称生产者", en = "Labelled producer", party = "producer" }
anyone = { zh = "公众", en = "Anyone", public = true }

[procedure.disposal_2011.fields]
sampled_on = { type = "date", zh = "抽样日期", en = "Sampled on" }
sampled_in = { type = "region", zh = "抽样地", en = "Sampled in" }
producer = { type = "enterprise", zh = "生产者", en = "Producer" }
lot = { type = "text", zh = "批号", en = "Lot" }
received_on = { type = "date", optional = true, zh = "送达日期", en = "Received on" }
verdict = { type = "code", zh = "结论", en = "Verdict", list = [{ code = "conform", zh = "合格", en = "Conforming" }, { code = "nonconform", zh = "不合格", en = "Failed" }] }
amount = { type = "integer", optional = true, zh = "货值", en = "Worth" }
estimate = { type = "decimal", optional = true, zh = "估值", en = "Estimate" }
times = { type = "integer", optional = true, zh = "次数", en = "Times" }
deadline = { type = "date", optional = true, future = true, zh = "限期", en = "Deadline" }
remark = { type = "text", optional = true, zh = "备注", en = "Remark" }

[procedure.disposal_2011.states]
notified = { zh = "已告知", en = "Notified" }
ordered = { zh = "责令改正", en = "Ordered to correct", binding = true, without_notice = { zh = "法 第三条", en = "article 3" } }
closed = { zh = "结案", en = "Closed", end = true }

[[procedure.disposal_2011.step]]
id = "notify"
name = { zh = "告知", en = "Notify" }
to = "notified"
who = ["organiser"]
form = ["sampled_on", "sampled_in", "producer", "lot", "verdict"]
may = ["received_on", "remark"]
letters = ["result-notice"]
start = [{ clock = "B1", as = "objection", on = "received_on" }]
notice = true

[[procedure.disposal_2011.step]]
id = "object"
name = { zh = "异议", en = "Object" }
from = ["notified"]
who = ["producer", "anyone"]
within = "objection"
fresh = ["statement"]
set = { times = "coalesce(times, 0) + 1" }
answer = ["objection"]

[[procedure.disposal_2011.step]]
id = "order"
name = { zh = "责令改正", en = "Order to correct" }
from = ["notified"]
to = "ordered"
who = ["organiser"]
approve = ["leader"]
after = ["objection"]
when = "verdict = 'nonconform' AND sampled_on <= step_on"
evidence = ["test-report"]
may = ["deadline"]
letters = ["order-to-correct"]
start = [{ clock = "B3", until = "deadline" }]
effects = [{ record = "credit.statement", set = { number = "case_no", holder = "producer", kind = "'order'", on_day = "step_on", ends = "due_b3", amount = "amount" } }]

[[procedure.disposal_2011.step]]
id = "test"
name = { zh = "复检", en = "Test again" }
from = ["ordered"]
who = ["organiser"]
pause = { clock = "b3", reason = "testing" }

[[procedure.disposal_2011.step]]
id = "estimate"
name = { zh = "估值", en = "Estimate" }
from = ["ordered"]
who = ["leader"]
count = 3
form = ["amount"]
gather = { estimate = { of = "amount", by = "mean-without-extremes" } }
set = { remark = "NULL" }

[[procedure.disposal_2011.step]]
id = "tested"
name = { zh = "复检完成", en = "Tested" }
from = ["ordered"]
who = ["organiser"]
resume = { clock = "b3", reason = "testing" }

[[procedure.disposal_2011.step]]
id = "fix"
name = { zh = "整改完成", en = "Corrected" }
from = ["ordered"]
to = "closed"
who = ["organiser"]
may = ["amount"]
closed = ["t.enforcement"]
answer = ["b3"]
stop = ["objection"]
effects = [{ correct = "credit.statement", all = true, when = "was_kind = 'order'", set = { ends = "greatest(was_on_day, step_on)" } }]

[[procedure.disposal_2011.step]]
id = "overrun"
name = { zh = "逾期", en = "Overrun" }
from = ["ordered"]
to = "closed"
lapse = "b3"
effects = [
  { withdraw = "credit.statement" },
  { open = "t.enforcement", step = "open-case", when = "times > 0", set = { place = "sampled_in", opened_on = "step_on" } },
]

[[procedure.disposal_2011.example]]
says = { zh = "逾期", en = "too late" }
steps = [
  { do = "notify", by = "organiser/2", on = 2013-06-03, form = { sampled_on = 2013-05-20, sampled_in = "621122", verdict = "nonconform" }, state = "notified" },
  { do = "order", by = "organiser", on = 2013-06-04, refused = "ZH8212", evidence = ["test-report"] },
  { do = "approve", by = "leader", on = 2013-07-01 },
  { do = "lapse", on = 2013-12-01 },
]
expect = { state = "closed", due = { b3 = 2013-08-30 }, letters = 2, records = { "credit.statement" = 0 }, opened = { "t.enforcement" = 1 } }
"#;

const ENFORCEMENT: &str = r#"
[procedure.enforcement]
HEAD
since = 2010-01-01
region = "place"
roles = { officer = { zh = "执法人员", en = "Officer", holds = "head" } }
fields = { place = { type = "region", zh = "地区", en = "Place" }, opened_on = { type = "date", zh = "立案日期", en = "Opened" } }
states = { open = { zh = "在办", en = "Open" }, done = { zh = "办结", en = "Done", end = true } }
step = [
  { id = "open-case", name = { zh = "立案", en = "Open" }, to = "open", who = ["officer"], form = ["place", "opened_on"] },
  { id = "finish", name = { zh = "办结", en = "Finish" }, from = ["open"], to = "done", who = ["officer"] },
]
"#;

const NOTICE: &str = "---\ntitle = { zh = \"告知书\", en = \"Notice\" }\nseries = \"{unit}告〔{year}〕\"\nto = \"{producer}\"\nbasis = [\"法 第二条\"]\n---\n\
    批号{{field lot}}。{{if remark}}备注：{{field remark}}。{{end}}{{step on}} {{case no}} {{letter no}} {{by unit}}\n\n异议截止：{{clock objection}}。\n";

const ORDER: &str = "---\ntitle = { zh = \"责令改正通知书\", en = \"Order to correct\" }\nseries = \"{unit}责改〔{year}〕\"\nto = \"{producer}\"\nbasis = [\"法 第三条\"]\n---\n\
    于{{clock b3}}前改正。\n";
