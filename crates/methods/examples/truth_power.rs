//! How often the tests of `truth` raise a false alarm on honest figures, and how much falsification they find.
//!
//! Prints the table behind the README's: `cargo run --release -p zhiheng-methods --example truth_power`, or only
//! the parts named after `--` (digits, endings, targets, series, copies, outliers). It takes some minutes.
//! Everything follows from `SEED`; replicate `i` of a case draws from stream `i`.
#![expect(clippy::print_stdout, reason = "the table is the program's purpose")]

use zhiheng_methods::random::Stream;
use zhiheng_methods::truth::benford::{self, Conformity, Digits};
use zhiheng_methods::truth::bunching::{Reached, jump, window};
use zhiheng_methods::truth::duplicates::{best_matches, blocks, groups};
use zhiheng_methods::truth::outlier::{Ends, Middle, Quartiles, adjusted, esd, hampel, mad, tukey};
use zhiheng_methods::truth::{heaping, last_digit, smooth};

const SEED: u64 = 2026;
const REPLICATES: u64 = 2000;

fn main() {
    println!("| Test | Figures | Flagged |\n|---|---|---|");
    let parts: [(&str, fn()); 6] = [
        ("digits", digits),
        ("endings", endings),
        ("targets", targets),
        ("series", series),
        ("copies", copies),
        ("outliers", outliers),
    ];
    let asked: Vec<String> = std::env::args().skip(1).collect();
    for (name, run) in parts {
        if asked.is_empty() || asked.iter().any(|it| it == name) {
            run();
        }
    }
}

/// The share of replicates that `flag` flags, in per cent; what is refused is not flagged.
fn say(test: &str, figures: &str, replicates: u64, flag: impl Fn(&mut Stream) -> bool) {
    let flagged = (0..replicates).filter(|&i| flag(&mut Stream::new(SEED, i))).count();
    println!("| {test} | {figures} | {:.1} % |", 100.0 * flagged as f64 / replicates as f64);
}

/// Log-normal amounts, recorded to the cent.
fn amounts(stream: &mut Stream, n: usize, decades: f64) -> Vec<f64> {
    let deviation = decades / 4.653 * std::f64::consts::LN_10;
    (0..n).map(|_| (libm::exp(stream.normal() * deviation + 8.0) * 100.0).round() / 100.0).collect()
}

fn digits() {
    let with_invented = |stream: &mut Stream, n: usize, share: f64| {
        let mut x = amounts(stream, n, 4.0);
        for value in &mut x {
            if stream.uniform() < share {
                *value = (stream.uniform() * 10_000.0).round();
            }
        }
        x
    };
    for (which, name) in [(Digits::First, "first digit"), (Digits::FirstTwo, "first two")] {
        for (n, decades) in [(200, 4.0), (1200, 4.0), (1200, 2.0), (10_000, 4.0), (10_000, 2.0)] {
            if which == Digits::FirstTwo && n < 1200 {
                continue;
            }
            let honest = format!("honest, {n} amounts over {decades} decades");
            let run = |x: Vec<f64>| benford::test(&x, which, 0.0);
            say(&format!("Benford {name}, χ²"), &honest, REPLICATES, |stream| {
                run(amounts(stream, n, decades)).is_ok_and(|it| it.p_value < 0.05)
            });
            say(&format!("Benford {name}, distance"), &honest, 1000, |stream| {
                run(amounts(stream, n, decades)).is_ok_and(|it| it.distance_p_value < 0.05)
            });
            say(&format!("Benford {name}, MAD beyond limits"), &honest, REPLICATES, |stream| {
                run(amounts(stream, n, decades)).is_ok_and(|it| it.conformity == Conformity::None)
            });
        }
    }
    for (n, share) in [(200, 0.25), (1200, 0.1), (1200, 0.25), (10_000, 0.1)] {
        let figures = format!("{n} amounts, {:.0} % invented evenly up to 10,000", 100.0 * share);
        say("Benford first digit, χ²", &figures, REPLICATES, |stream| {
            benford::test(&with_invented(stream, n, share), Digits::First, 0.0)
                .is_ok_and(|it| it.p_value < 0.05)
        });
        say("Benford first digit, distance", &figures, 1000, |stream| {
            let it = benford::test(&with_invented(stream, n, share), Digits::First, 0.0);
            it.is_ok_and(|it| it.distance_p_value < 0.05)
        });
        say("Benford first digit, MAD beyond limits", &figures, REPLICATES, |stream| {
            let it = benford::test(&with_invented(stream, n, share), Digits::First, 0.0);
            it.is_ok_and(|it| it.conformity == Conformity::None)
        });
    }
}

/// Readings with one decimal, some of them estimated to multiples of `base`.
fn readings(stream: &mut Stream, n: usize, estimated: f64, base: f64) -> Vec<f64> {
    (0..n)
        .map(|_| {
            let x = 50.0 + 10.0 * stream.normal();
            let unit = if stream.uniform() < estimated { base } else { 0.1 };
            (((x / unit).round() * unit) * 10.0).round() / 10.0
        })
        .collect()
}

fn endings() {
    for (n, share) in [(200, 0.0), (1000, 0.0), (200, 0.1), (200, 0.2), (1000, 0.05), (1000, 0.1)] {
        let figures = if share == 0.0 {
            format!("honest, {n} readings")
        } else {
            format!("{n} readings, {:.0} % estimated to halves", 100.0 * share)
        };
        say("last digit, χ²", &figures, REPLICATES, |stream| {
            last_digit::single(&readings(stream, n, share, 0.5), 1).is_ok_and(|it| it.p_value < 0.05)
        });
        say("last digit, 0 and 5", &figures, REPLICATES, |stream| {
            last_digit::single(&readings(stream, n, share, 0.5), 1).is_ok_and(|it| it.marked.p_value < 0.05)
        });
        say("heaping at halves", &figures, REPLICATES, |stream| {
            heaping::at_round(&readings(stream, n, share, 0.5), 1, 0.5, 0.95)
                .is_ok_and(|it| it.p_value < 0.05)
        });
    }
    // One in three of the people who invent digits repeats none.
    for share in [0.0, 0.3] {
        let figures = format!("1000 numbers, {:.0} % invented without repeated digits", 100.0 * share);
        say("last two digits, repeated ones", &figures, REPLICATES, |stream| {
            let x: Vec<f64> = (0..1000)
                .map(|_| {
                    loop {
                        let x = stream.below(100_000);
                        if stream.uniform() >= share || x % 10 != x / 10 % 10 {
                            break x as f64;
                        }
                    }
                })
                .collect();
            last_digit::pairs(&x, 0).is_ok_and(|it| it.marked.p_value < 0.05)
        });
    }
}

fn targets() {
    for (n, pushed) in [(200, 0.0), (2000, 0.0), (200, 0.5), (2000, 0.25), (2000, 0.5)] {
        let rates = |stream: &mut Stream| -> Vec<f64> {
            (0..n)
                .map(|_| {
                    let mut x = 94.0 + 2.0 * stream.normal();
                    if (94.5..95.0).contains(&x) && stream.uniform() < pushed {
                        x = 95.0 + 0.5 * stream.uniform();
                    }
                    (x * 10.0).round() / 10.0
                })
                .collect()
        };
        let figures = if pushed == 0.0 {
            format!("honest, {n} rates about 94 ± 2, target 95")
        } else {
            format!("{n} rates, {:.0} % of those in 94.5–95 pushed over 95", 100.0 * pushed)
        };
        say("window of 0.5 at the target, reach 3", &figures, REPLICATES, |stream| {
            window(&rates(stream), 95.0, 0.5, 3, Reached::Above, 0.95).is_ok_and(|it| it.p_value < 0.05)
        });
        say("jump, bins of 0.1", &figures, REPLICATES, |stream| {
            jump(&rates(stream), 94.95, Some(0.1), None).is_ok_and(|it| it.p_value < 0.05)
        });
    }
}

fn poisson(stream: &mut Stream, mean: f64) -> u64 {
    let (mut product, mut count) = (stream.uniform(), 0);
    while product > libm::exp(-mean) {
        product *= stream.uniform();
        count += 1;
    }
    count
}

fn series() {
    for scatter in [1.0, 0.5, 0.25] {
        let figures = format!("12 counts about 100 with {scatter} of chance's scatter");
        say("smooth counts", &figures, REPLICATES, |stream| {
            let events: Vec<u64> = (0..12)
                .map(|_| (100.0 + scatter * (poisson(stream, 100.0) as f64 - 100.0)).round() as u64)
                .collect();
            smooth::counts(&events, &[1.0; 12]).is_ok_and(|it| it.smooth_p_value < 0.05)
        });
    }
    for (n, width) in [(8, 1), (24, 1), (120, 1), (24, 2), (24, 3)] {
        let figures = format!("{n} independent values, mean of {width}");
        say("smooth ratio", &figures, REPLICATES, |stream| {
            let x: Vec<f64> = (0..n + width).map(|_| stream.normal()).collect();
            let x: Vec<f64> = x.windows(width).take(n).map(|window| window.iter().sum()).collect();
            smooth::ratio(&x).is_ok_and(|it| it.smooth_p_value < 0.05)
        });
    }
    say("stretches of 4 or more", "240 independent values, one decimal, deviation 1", REPLICATES, |stream| {
        let x: Vec<f64> = (0..240).map(|_| (stream.normal() * 10.0).round() / 10.0).collect();
        smooth::stretches(&x, 4, 1e-9).is_ok_and(|it| !it.is_empty())
    });
}

fn copies() {
    for copied in [0, 3, 4, 6] {
        let figures = format!("240 figures below 1000, a stretch of {copied} copied");
        say("repeated blocks, p < 0.05", &figures, REPLICATES, |stream| {
            let mut x: Vec<u64> = (0..240).map(|_| stream.below(1000)).collect();
            x.copy_within(20..20 + copied, 150);
            blocks(&x, 2).is_ok_and(|it| it.iter().any(|block| block.p_value < 0.05))
        });
    }
    say("equal rows", "honest, 1000 rows of 4 columns with 10 values each", REPLICATES, |stream| {
        let rows: Vec<[u64; 4]> = (0..1000).map(|_| [0; 4].map(|_| stream.below(10))).collect();
        groups(&rows).is_ok_and(|it| !it.is_empty())
    });
    for (questions, answers) in [(80, 5), (20, 2)] {
        let figures = format!("honest, 100 forms of {questions} questions with {answers} answers");
        say("best match above 0.85", &figures, 100, |stream| {
            let rows: Vec<Vec<Option<u64>>> =
                (0..100).map(|_| (0..questions).map(|_| Some(stream.below(answers))).collect()).collect();
            best_matches(&rows).is_ok_and(|it| it.iter().any(|row| row.share > 0.85))
        });
    }
}

fn outliers() {
    let normal = |stream: &mut Stream, n: usize, far: f64| {
        let mut x: Vec<f64> = (0..n).map(|_| stream.normal()).collect();
        if far > 0.0 {
            x[n / 2] = far;
        }
        x
    };
    for (n, far) in [(50, 0.0), (500, 0.0), (50, 5.0), (500, 5.0)] {
        let figures = if far == 0.0 {
            format!("{n} normal values, any flagged")
        } else {
            format!("{n} normal values, one at 5 σ, that one flagged")
        };
        let hit = |rows: &[usize]| if far == 0.0 { !rows.is_empty() } else { rows.contains(&(n / 2)) };
        say("MAD, 3.5", &figures, REPLICATES, |stream| {
            mad(&normal(stream, n, far), 3.5).is_ok_and(|it| hit(&it.rows))
        });
        say("Tukey, 1.5", &figures, REPLICATES, |stream| {
            tukey(&normal(stream, n, far), 1.5, Quartiles::Hinges).is_ok_and(|it| hit(&it.rows))
        });
        say("Tukey, 3", &figures, REPLICATES, |stream| {
            tukey(&normal(stream, n, far), 3.0, Quartiles::Hinges).is_ok_and(|it| hit(&it.rows))
        });
        say("adjusted, 1.5", &figures, REPLICATES, |stream| {
            adjusted(&normal(stream, n, far), 1.5, Quartiles::Hinges, Middle::Mean)
                .is_ok_and(|it| hit(&it.0.rows))
        });
        say("ESD, up to 5 at 5 %", &figures, REPLICATES, |stream| {
            esd(&normal(stream, n, far), 5, 0.05).is_ok_and(|it| {
                hit(&it.steps.iter().take(it.outliers).map(|step| step.row).collect::<Vec<_>>())
            })
        });
        say("Hampel, 5 to each side, 3", &figures, REPLICATES, |stream| {
            hampel(&normal(stream, n, far), 5, 3.0, Ends::Shorten).is_ok_and(|it| hit(&it.rows))
        });
    }
    let skewed = |stream: &mut Stream| -> Vec<f64> { (0..500).map(|_| libm::exp(stream.normal())).collect() };
    let share = |rows: &[usize]| rows.len() > 5;
    let figures = "500 log-normal values (σ = 1), more than 1 % flagged";
    say("MAD, 3.5", figures, REPLICATES, |stream| mad(&skewed(stream), 3.5).is_ok_and(|it| share(&it.rows)));
    say("Tukey, 1.5", figures, REPLICATES, |stream| {
        tukey(&skewed(stream), 1.5, Quartiles::Hinges).is_ok_and(|it| share(&it.rows))
    });
    say("adjusted, 1.5", figures, REPLICATES, |stream| {
        adjusted(&skewed(stream), 1.5, Quartiles::Hinges, Middle::Mean).is_ok_and(|it| share(&it.0.rows))
    });
}
