//! Rows a second of `sampling.batch` through the child process: `intake_bench [ROWS] [WORKER]`.
//!
//! Without a worker the import runs in this process. Prints rows, seconds, rows a second and bytes a second.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use zhiheng_base::Date;
use zhiheng_base::code::uscc_check;
use zhiheng_intake::worker::Aim;
use zhiheng_intake::{Frame, Request, run_here, spawn};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let rows: u64 = args.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let worker = args.next();
    let path = std::env::temp_dir().join(format!("intake-bench-{rows}.csv"));
    if !path.exists() {
        write(&path, rows)?;
    }
    let bytes = path.metadata()?.len();
    let request = Request::new(&path, Aim::Record("sampling.batch".to_owned()), Date::constant(2026, 1, 1));
    let mut drafts = 0;
    let mut data = 0;
    let mut take = |frame: Frame| match frame {
        Frame::Rows(batch) => {
            drafts += batch.len() as u64;
            data += batch.iter().map(|draft| draft.data.len() as u64).sum::<u64>();
        }
        Frame::Problems(problems) => {
            for problem in problems.iter().take(1) {
                say(&problem.message(zhiheng_base::Lang::En));
            }
        }
        _ => {}
    };
    let started = Instant::now();
    match worker {
        Some(worker) => {
            for frame in spawn(Path::new(&worker), &request).map_err(|failed| failed.code)? {
                take(frame.map_err(|failed| failed.message(zhiheng_base::Lang::En))?);
            }
        }
        None => {
            let loaded = zhiheng_catalog::load(&[]);
            run_here(&request, &loaded.catalog, &mut take).map_err(|failed| failed.code)?;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    say(&format!(
        "{rows} rows, {drafts} drafts, {bytes} bytes in, {data} bytes of data, {seconds:.2} s, {:.0} rows/s, {:.0} MB/s",
        rows as f64 / seconds,
        bytes as f64 / 1e6 / seconds
    ));
    Ok(())
}

fn say(text: &str) {
    // A closed terminal is no reason to stop.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Rows as a province hands them in: sorted by task, a few thousand enterprises, one in eight non-conforming.
fn write(path: &Path, rows: u64) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(
        out,
        "task,sample_no,level,sampled_on,sampled_in,link,product,product_name,standard,producer,producer_name,\
         size,conclusion,failed_items,measured,limit_high"
    )?;
    let products = ["potato-noodle", "fertiliser", "liquor"];
    let counties = ["621102", "621121", "621122", "621123", "621124", "621125", "621126"];
    let mut line = String::new();
    let mut state = 42_u64;
    for n in 0..rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let draw = (state >> 33) as usize;
        let firm = draw % 5_000;
        let body = format!("9162110{:010}", 2_000_000 + firm);
        let check = uscc_check(&body).unwrap_or('0');
        line.clear();
        let fails = draw.is_multiple_of(8);
        write!(
            line,
            "DXZ-{}-{},{n:010},city,{}-{:02}-{:02},{},production,{},\u{9a6c}\u{94c3}\u{85af}\u{7c89}\u{4e1d},GB/T 23587-2009,{body}{check},\
             \u{793a}\u{4f8b}{firm}\u{7c89}\u{4e1a}\u{6709}\u{9650}\u{516c}\u{53f8},small,{},{},{},1.5",
            2010 + n / 1_000_000 % 14,
            n / 5_000 % 40,
            2010 + n / 1_000_000 % 14,
            1 + n / 90_000 % 12,
            1 + n / 3_000 % 28,
            counties[draw / 7 % 7],
            products[draw / 11 % 3],
            if fails { "nonconform" } else { "conform" },
            if fails { "\u{94c5};\u{6c34}\u{5206}" } else { "" },
            if fails { "1.73" } else { "1.20" },
        )?;
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}
