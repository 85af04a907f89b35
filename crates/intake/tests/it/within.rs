//! A file that is one unit's return for one period: rows of others are refused where they stand, edges included.

use zhiheng_base::{Date, RegionCode};
use zhiheng_intake::worker::{Aim, Within};

use crate::support::{file, import, request};

const TITLES: &str = "task,sample_no,level,sampled_on,sampled_in,link,product,producer_name,conclusion\n";

#[test]
fn rows_of_another_county_or_quarter_are_refused_at_their_cell() {
    let row = |no: u32, day: &str, place: &str| {
        format!("T,{no},county,{day},{place},production,flour,示例面粉厂,conform\n")
    };
    let text = [
        row(1, "2013-04-01", "621122"),
        row(2, "2013-06-30", "621122000000"),
        row(3, "2013-03-31", "621122"),
        row(4, "2013-07-01", "621122"),
        row(5, "2013-05-05", "621121"),
        row(6, "2013-07-01", "621121"),
    ];
    let file = file((TITLES.to_owned() + &text.concat()).as_bytes());
    let within = Within {
        region: RegionCode::parse("621122").unwrap(),
        first: Date::constant(2013, 4, 1),
        last: Date::constant(2013, 6, 30),
    };
    let mut asked = request(file.path(), Aim::Record("sampling.batch".into()));
    assert_eq!(import(&asked).done.refused, 0, "without a unit they are all good");
    asked.within = Some(within);
    let outcome = import(&asked);
    assert_eq!((outcome.done.kept, outcome.done.refused), (2, 4));
    let wanted = [
        ("ZH3306", 4, "sampled_on"),
        ("ZH3306", 5, "sampled_on"),
        ("ZH3305", 6, "sampled_in"),
        ("ZH3305", 7, "sampled_in"),
        ("ZH3306", 7, "sampled_on"),
    ];
    let wanted: Vec<_> =
        wanted.iter().map(|(code, row, at)| ((*code).to_owned(), *row, (*at).to_owned())).collect();
    assert_eq!(outcome.codes(), wanted);
    assert_eq!(outcome.problems[0].args["cell"], "D4");
}
