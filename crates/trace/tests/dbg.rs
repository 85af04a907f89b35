#[test]
fn dbg() {
    let path = std::env::var("DBG").unwrap_or_default();
    if path.is_empty() { return; }
    let bytes = std::fs::read(&path).unwrap();
    let o = if path.ends_with("xml") { zhiheng_trace::xml::read(&bytes, &Default::default()) } else { zhiheng_trace::json::read(&bytes, &Default::default()) };
    for e in &o.document.as_ref().unwrap().events { println!("PRE {}", zhiheng_trace::hash::pre_hash(e)); }
    println!("{:#?}", o.problems.list());
}
