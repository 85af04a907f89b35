//! Drawings keep to their frame and their texts to themselves; small ones are kept as goldens.

use zhiheng_base::Lang;

use super::scene::{Form, Scene};
use super::{Palette, Style, WIDTH, draw, scene};
use crate::chart::{ChartKind, ChartSpec, Held, Mark};

fn mark(label: &str, value: f64, half: f64, n: f64) -> Mark {
    Mark {
        label: label.to_owned(),
        value: Some(value),
        shown: format!("{value:.1}%"),
        limits: Some(((value - half).max(0.0), (value + half).min(100.0))),
        base: Some(n),
        small: n < 30.0,
        address: Some(format!("sampling.pass_rate/621100/2013;product={label}@1234")),
        tile: None,
    }
}

fn chart(kind: ChartKind) -> ChartSpec {
    ChartSpec {
        title: "2013年定西市合格率由<甲>的96.0%到“乙”的71.2%".to_owned(),
        subtitle: "产品质量监督抽查合格率，单位：%".to_owned(),
        unit: "%".to_owned(),
        interval: None,
        kind,
    }
}

fn quarters() -> Vec<Mark> {
    let values = [83.5, 76.6, 74.0, 86.5, 79.1, 78.5, 79.4, 79.0, 78.0, 83.1, 79.7, 85.8];
    let mut marks: Vec<Mark> = values
        .iter()
        .enumerate()
        .map(|(i, value)| mark(&format!("{}Q{}", 2011 + i / 4, i % 4 + 1), *value, 6.5, 140.0))
        .collect();
    marks[5] = Mark { label: "2012Q2".to_owned(), shown: "无数据".to_owned(), ..Mark::default() };
    marks[9].small = true;
    marks
}

fn counties() -> Vec<Mark> {
    let rows = [
        ("通渭县", 95.7, 9.0, 23.0),
        ("安定区", 89.7, 4.8, 117.0),
        ("漳县", 87.5, 14.0, 16.0),
        ("陇西县", 82.7, 5.2, 185.0),
        ("渭源县", 81.2, 8.9, 69.0),
        ("岷县", 75.0, 10.1, 64.0),
        ("临洮县", 73.9, 7.0, 138.0),
    ];
    rows.iter().map(|(label, value, half, n)| mark(label, *value, *half, *n)).collect()
}

fn causes() -> Vec<Mark> {
    let rows = [
        ("标签标识", 61.0),
        ("水分", 34.0),
        ("菌落总数超标", 22.0),
        ("净含量", 15.0),
        ("断裂伸长率与拉伸强度", 9.0),
        ("铅", 6.0),
        ("其余4项", 7.0),
    ];
    rows.iter()
        .map(|(label, value)| Mark {
            label: (*label).to_owned(),
            value: Some(*value),
            shown: format!("{value:.0}"),
            ..Mark::default()
        })
        .collect()
}

fn tiles() -> Vec<Mark> {
    let mut marks = counties();
    for (at, mark) in marks.iter_mut().enumerate() {
        mark.tile = Some(crate::evaluate::tiles::automatic(at, 7));
    }
    marks[4] = Mark {
        label: "渭源县".to_owned(),
        shown: "无数据".to_owned(),
        tile: marks[4].tile,
        ..Mark::default()
    };
    marks
}

/// Two years of weeks, the second held against limits, the last three weeks but two out of the ordinary.
fn watched(n: usize) -> ChartKind {
    let points = (0..n).map(|at| {
        let value =
            if (n.saturating_sub(5)..n.saturating_sub(2)).contains(&at) { 19.0 } else { (at % 7) as f64 };
        Mark { limits: None, ..mark(&format!("{}-W{:02}", 2012 + at / 52, at % 52 + 1), value, 1.0, 40.0) }
    });
    let held = (0..n).map(|at| match at < n / 2 {
        true => Held::default(),
        false => {
            Held { centre: Some(4.0), low: Some(0.5), high: Some(9.0), alarm: (n - 5..n - 2).contains(&at) }
        }
    });
    ChartKind::Control { points: points.collect(), held: held.collect(), n_base: n / 2 }
}

/// One of every kind, and the awkward ones.
fn samples() -> Vec<(&'static str, ChartSpec)> {
    let line = |points, target, breaks| chart(ChartKind::Line { points, target, breaks });
    let ranked = |points, whole, target| chart(ChartKind::Ranked { points, whole, target });
    let breaks = vec![(4, "抽样办法改为分层抽样，标准GB/T 20293换版".to_owned())];
    let years: Vec<Mark> =
        (2009..2014).map(|y| mark(&y.to_string(), 84.0 + f64::from(y - 2009), 2.0, 1600.0)).collect();
    let many: Vec<Mark> =
        (0..90).map(|i| mark(&format!("第{i}产品种类"), 99.0 - f64::from(i) / 2.0, 3.0, 200.0)).collect();
    let full: Vec<Mark> = ["甲", "乙", "丙"].iter().map(|label| mark(label, 100.0, 3.0, 80.0)).collect();
    let cells: Vec<Mark> = (0..31)
        .map(|i| Mark {
            tile: Some((i / 8 + 1, i % 8 + 1)),
            ..mark(
                ["内蒙古自治区", "甘肃省", "新疆维吾尔自治区"][usize::from(i) % 3],
                80.0 + f64::from(i) / 2.0,
                1.0,
                500.0,
            )
        })
        .collect();
    vec![
        ("line", line(quarters(), Some(90.0), breaks)),
        ("line-years", line(years, None, Vec::new())),
        ("line-one", line(quarters()[..1].to_vec(), Some(83.5), Vec::new())),
        ("line-none", line(vec![Mark::default(); 3], None, Vec::new())),
        ("ranked", ranked(counties(), Some(81.7), Some(90.0))),
        ("ranked-many", ranked(many, Some(77.25), None)),
        ("ranked-full", ranked(full, Some(100.0), Some(100.0))),
        ("pareto", ChartSpec { unit: "项次".to_owned(), ..chart(ChartKind::Pareto { points: causes() }) }),
        (
            "pareto-one",
            ChartSpec {
                unit: "项次".to_owned(),
                ..chart(ChartKind::Pareto { points: causes()[..1].to_vec() })
            },
        ),
        ("control", chart(watched(104))),
        ("control-short", chart(watched(12))),
        ("control-none", chart(ChartKind::Control { points: Vec::new(), held: Vec::new(), n_base: 0 })),
        ("funnel", chart(ChartKind::Funnel { points: counties(), whole: 0.817 })),
        ("funnel-full", chart(ChartKind::Funnel { points: counties(), whole: 1.0 })),
        ("tiles", chart(ChartKind::Tiles { points: tiles() })),
        ("tiles-nation", chart(ChartKind::Tiles { points: cells })),
    ]
}

fn texts(scene: &Scene) -> Vec<(&Form, &str)> {
    scene
        .shapes
        .iter()
        .filter_map(|shape| match &shape.form {
            form @ Form::Text { text, .. } => Some((form, text.as_str())),
            _ => None,
        })
        .collect()
}

#[test]
fn marks_stay_in_the_frame_and_texts_apart() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, chart) in samples() {
            let scene = scene(&chart, lang);
            for shape in &scene.shapes {
                let area = shape.form.area();
                let inside = area.x >= -0.01
                    && area.y >= -0.01
                    && area.x + area.width <= scene.width + 0.01
                    && area.y + area.height <= scene.height + 0.01;
                assert!(inside, "{name} {lang:?}: {shape:?} leaves {}x{}", scene.width, scene.height);
            }
            let texts = texts(&scene);
            for (at, (form, text)) in texts.iter().enumerate() {
                for (other, other_text) in &texts[at + 1..] {
                    let apart = !form.area().overlaps(&other.area());
                    assert!(apart, "{name} {lang:?}: “{text}” and “{other_text}” overlap");
                }
            }
        }
    }
}

/// A legend that is too long for its row loses entries; that of a control chart is the longest.
#[test]
fn a_control_chart_explains_all_its_marks() {
    for lang in [Lang::Zh, Lang::En] {
        let scene = scene(&chart(watched(104)), lang);
        let found: Vec<&str> = texts(&scene).into_iter().map(|(_, text)| text).collect();
        for id in ["svg-value", "svg-centre", "svg-limits", "svg-alarm", "svg-base"] {
            let entry = crate::words::say(lang, id, &[]);
            assert!(found.contains(&entry.as_str()), "{lang:?}: “{entry}” is not in the legend: {found:?}");
        }
        let alarms = found.iter().filter(|text| **text == "19.0%").count();
        assert_eq!(alarms, 3, "{lang:?}: every step out of the ordinary carries its value");
    }
}

#[test]
fn text_is_large_enough_in_print() {
    for (name, chart) in samples() {
        for (form, text) in texts(&scene(&chart, Lang::Zh)) {
            if let Form::Text { size, .. } = form {
                assert!(*size >= 8.0, "{name}: “{text}” is set in {size} pt on {WIDTH} pt");
            }
        }
    }
}

#[test]
fn bars_begin_at_zero() {
    let scene = scene(&chart(ChartKind::Pareto { points: causes() }), Lang::Zh);
    let bars: Vec<_> = scene
        .shapes
        .iter()
        .filter(|shape| shape.measure.is_none())
        .filter_map(|shape| match shape.form {
            Form::Bar(area) if area.height > 9.0 => Some(area),
            _ => None,
        })
        .collect();
    assert!((bars[0].height / bars[2].height - 61.0 / 22.0).abs() < 1e-9);
}

#[test]
fn the_same_chart_gives_the_same_bytes_and_well_formed_text() {
    for (name, chart) in samples() {
        for style in [Style::print(Lang::Zh), Style::web(Lang::En, "/m/")] {
            let svg = draw(&chart, &style);
            assert_eq!(svg, draw(&chart, &style), "{name}");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
            assert!(svg.contains("&lt;甲&gt;") && !svg.contains("<甲>"), "{name}");
            assert_eq!(svg.matches("<a ").count(), svg.matches("</a>").count(), "{name}");
        }
    }
}

#[test]
fn links_make_a_group_and_no_links_a_picture() {
    let chart = chart(ChartKind::Ranked { points: counties(), whole: None, target: None });
    let print = draw(&chart, &Style::print(Lang::Zh));
    assert!(print.contains("role=\"img\"") && !print.contains("<a ") && !print.contains("var("));
    let web = draw(&chart, &Style::web(Lang::Zh, "/m/"));
    assert!(web.contains("role=\"group\"") && web.matches("<a href=\"/m/sampling.pass_rate/").count() == 7);
    assert!(web.contains("var(--zh-series,#0f3d73)"));
}

#[test]
fn colours_differ_in_grey() {
    let grey = |hex: &str| {
        let part = |at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
        0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5)
    };
    let tiles: Vec<f64> =
        super::TOKENS.iter().filter(|(name, _)| name.starts_with("tile")).map(|(_, hex)| grey(hex)).collect();
    assert!(tiles.windows(2).all(|pair| pair[0] - pair[1] > 20.0), "{tiles:?}");
    assert_eq!(super::palette::colour("warn", Palette::Print), "#942514");
}

#[test]
fn small_drawings_stay_as_they_are() {
    let points = counties()[..2].to_vec();
    let kind = ChartKind::Ranked { points, whole: Some(90.0), target: None };
    insta::assert_snapshot!("ranked", draw(&chart(kind), &Style::print(Lang::Zh)));
    let mut points = quarters()[..3].to_vec();
    points[1].value = None;
    let kind = ChartKind::Line { points, target: Some(90.0), breaks: Vec::new() };
    insta::assert_snapshot!("line", draw(&chart(kind), &Style::web(Lang::En, "/m/")));
    let points = causes()[..2].to_vec();
    insta::assert_snapshot!("pareto", draw(&chart(ChartKind::Pareto { points }), &Style::print(Lang::Zh)));
    let points = tiles()[..2].to_vec();
    insta::assert_snapshot!("tiles", draw(&chart(ChartKind::Tiles { points }), &Style::print(Lang::Zh)));
    let points = counties()[3..4].to_vec();
    let funnel = draw(&chart(ChartKind::Funnel { points, whole: 0.8 }), &Style::print(Lang::Zh));
    assert_eq!(funnel.matches("<polyline").count(), 4);
}

/// With `ZHIHENG_LOOK=folder` the samples are written there, to be looked at.
#[test]
fn samples_can_be_looked_at() {
    let Some(folder) = std::env::var_os("ZHIHENG_LOOK").map(std::path::PathBuf::from) else { return };
    for (name, chart) in samples() {
        std::fs::write(folder.join(format!("{name}.svg")), draw(&chart, &Style::print(Lang::Zh))).unwrap();
        std::fs::write(folder.join(format!("{name}.en.svg")), draw(&chart, &Style::print(Lang::En))).unwrap();
    }
}
