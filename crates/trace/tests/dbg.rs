#[test]
fn dbg() {
    let Ok(list) = std::env::var("DBG") else { return };
    for path in std::fs::read_to_string(list).unwrap().lines() {
        let bytes = std::fs::read(path).unwrap();
        let o = if path.ends_with("xml") { zhiheng_trace::xml::read(&bytes, &Default::default()) } else { zhiheng_trace::json::read(&bytes, &Default::default()) };
        println!("VERDICT\t{path}\t{}\t{}", o.is_sound(), o.problems.codes().join(" "));
        if let (Ok(out), Some(d)) = (std::env::var("OUT"), &o.document) {
            let name = path.rsplit('/').next().unwrap();
            std::fs::write(format!("{out}/{name}.json"), zhiheng_trace::json::write(d, zhiheng_trace::json::JsonStyle::Pretty)).unwrap();
            for (v, s) in [("2.0", zhiheng_trace::xml::XmlStyle::default()), ("1.2", zhiheng_trace::xml::XmlStyle::older())] {
                std::fs::write(format!("{out}/{name}.{v}.xml"), zhiheng_trace::xml::write(d, s).unwrap()).unwrap();
            }
        }
    }
}
