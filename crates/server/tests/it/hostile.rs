//! Files that mean harm, handed in on the page: each is answered, quickly, in words; nothing is written; the server goes on.

use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::handin::{officers, settled, upload};
use crate::world::World;

const PAGE: &str = "/submit/sampling.batch/621122/2013Q4";

/// A workbook of raw parts.
fn workbook(rows: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    };
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let links = "http://schemas.openxmlformats.org/package/2006/relationships";
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    part(
        "[Content_Types].xml",
        &format!(
            r#"<?xml version="1.0"?><Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/></Types>"#
        ),
    );
    part(
        "_rels/.rels",
        &format!(
            r#"<?xml version="1.0"?><Relationships xmlns="{links}"><Relationship Id="r1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    part(
        "xl/workbook.xml",
        &format!(
            r#"<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{kinds}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
        ),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            r#"<?xml version="1.0"?><Relationships xmlns="{links}"><Relationship Id="r1" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
        ),
    );
    part(
        "xl/worksheets/sheet1.xml",
        &format!(
            r#"<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#
        ),
    );
    zip.finish().expect("a workbook").into_inner()
}

fn cell(name: &str, text: &str) -> String {
    format!(r#"<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

const COLUMNS: [(&str, &str); 9] = [
    ("A", "task"),
    ("B", "sample_no"),
    ("C", "level"),
    ("D", "sampled_on"),
    ("E", "sampled_in"),
    ("F", "link"),
    ("G", "product"),
    ("H", "producer_name"),
    ("I", "conclusion"),
];

fn header() -> String {
    let cells: String = COLUMNS.iter().map(|(column, title)| cell(&format!("{column}1"), title)).collect();
    format!("<row r=\"1\">{cells}</row>")
}

fn parquet() -> Vec<u8> {
    let footer = [0x15, 0x02, 0x39, 0xfc, 0x80, 0x84, 0xaf, 0x5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0_u8];
    let mut file = b"PAR1".to_vec();
    file.extend(footer);
    file.extend((footer.len() as u32).to_le_bytes());
    file.extend(b"PAR1");
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_mean_harm_are_answered_in_words() {
    let world = World::new().await;
    officers(&world, &[("reporter", "reporter", "621122")]).await;
    let (mut reporter, _) = world.signed_in("reporter", &["reporter"]).await;
    let size = world.ledger.size().await.expect("a size");
    let titles = COLUMNS.map(|(_, title)| title).join(",");
    let good = "D4,1,county,2013-10-08,621122,production,flour,示例面粉厂,conform\n";
    let latin = [
        titles.as_bytes(),
        b"\n",
        b"D4,\xe9\xff\xfe,county,2013-10-08,621122,production,flour,\xe9,conform\n",
    ]
    .concat();
    let corners = format!("{}<row r=\"1048576\">{}</row>", header(), cell("XFD1048576", "x"));
    let formula =
        format!("{}<row r=\"2\"><c r=\"A2\"><f>HYPERLINK(\"http://evil.example\")</f></c></row>", header());
    let files: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bomb.xlsx", workbook(&" ".repeat(300_000_000)), "超过了限度"),
        ("corners.xlsx", workbook(&corners), "第 1048576 行"),
        ("31.parquet", parquet(), "不是完好的 Parquet"),
        ("nothing.xlsx", b"PK\x03\x04 not a zip".to_vec(), "不是完好的 XLSX"),
        ("old.xls", b"\xd0\xcf\x11\xe0old".to_vec(), "旧格式"),
        ("formula.xlsx", workbook(&formula), "没有数据行"),
        ("latin.csv", latin, "行"),
        ("nul.csv", format!("{titles}\nD4,1\0,county\n").into_bytes(), "行"),
        ("quote.csv", format!("{titles}\n\"{}", "x".repeat(5_000_000)).into_bytes(), "引号没有闭合"),
        ("commas.csv", [titles.as_bytes(), b"\n".as_slice(), &vec![b','; 20_000_000]].concat(), "行"),
        ("empty.csv", b" ".to_vec(), "没有数据"),
    ];
    for (name, bytes, wanted) in files {
        let started = Instant::now();
        let answer = upload(&mut reporter, PAGE, name, &bytes).await;
        assert_eq!(answer.status, 303, "{name}: {}", answer.body);
        let (path, page) = settled(&mut reporter, &answer).await;
        // Two seconds on a quiet machine; tests share theirs.
        assert!(started.elapsed() < Duration::from_secs(12), "{name}: {:?}", started.elapsed());
        assert_eq!(page.status, 422, "{name}: {}", page.body);
        assert!(
            page.body.contains("class=\"summary\"") && page.body.contains(wanted),
            "{name}: {}",
            page.body
        );
        assert!(!page.body.contains("/send\""), "{name}: {}", page.body);
        let gone = reporter.submit(&path, &format!("{path}/drop"), &[]).await;
        assert_eq!(gone.status, 303, "{}", gone.body);
    }
    // Beyond the limit of an upload nothing is read at all.
    let csrf = reporter.get(PAGE).await.field("csrf");
    let pairs: Vec<String> = reporter.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let head = format!(
        "POST {PAGE}/file?csrf={csrf} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 200000000\r\n\r\n",
        reporter.address,
        pairs.join("; ")
    );
    let answer = crate::client::parse(&crate::client::raw(reporter.address, head.as_bytes()).await);
    assert_eq!(answer.status, 413, "{}", answer.body);
    assert_eq!(world.ledger.size().await.expect("a size"), size, "nothing is written");
    // What looks like code comes back as text.
    let sly = format!(
        "{titles}\n{}",
        good.replace("D4", "<script>alert(1)</script>").replace("conform\n", "=1+1\n")
    );
    let answer = upload(&mut reporter, PAGE, "<b>.csv", sly.as_bytes()).await;
    let (_, page) = settled(&mut reporter, &answer).await;
    assert!(
        page.status == 422 && !page.body.contains("<script>alert") && !page.body.contains("<b>.csv"),
        "{}",
        page.body
    );
    // And a good file is still taken.
    let answer = upload(&mut reporter, PAGE, "good.csv", format!("{titles}\n{good}").as_bytes()).await;
    let (_, page) = settled(&mut reporter, &answer).await;
    assert!(page.status == 200 && page.body.contains("/send\""), "{}", page.body);
    assert!(
        std::fs::read_dir(world.folder().join("drafts")).expect("a folder").count() <= 2,
        "files of uploads stay behind"
    );
}
