//! Who may: roles and regions, two persons instead of two accounts, deputies, superiors.

use zhiheng_act::case::Act;

use super::{Desk, ask, codes, file, noticed, step};

/// A case in which a decision has been proposed by `o1`, on 2013-06-20.
fn proposed() -> Desk {
    let mut desk = noticed();
    desk.act(&ask(Act::Lapse, "", "2013-06-20", &[])).unwrap();
    assert_eq!(desk.state(), "waived");
    let mut decide = step("decide", "o1", "2013-06-20", &[("fine", "100"), ("grave", "true")]);
    decide.evidence = vec![file("record", 'a')];
    desk.act(&decide).unwrap();
    desk
}

fn approve(account: &str, on: &str) -> super::Ask {
    ask(Act::Approve(None), account, on, &[])
}

#[test]
fn an_officer_of_another_county_or_without_the_role_may_not() {
    let mut desk = Desk::new();
    let form = [("place", "621122"), ("holder", "91350100M0001TGQXM")];
    for account in ["other-county", "legal", "nobody", ""] {
        assert_eq!(codes(desk.act(&step("", account, "2013-06-03", &form))), ["ZH8230"], "{account}");
    }
    // Before the office was held.
    assert_eq!(codes(desk.act(&step("", "o1", "2009-06-03", &form))), ["ZH8202"]);
}

#[test]
fn an_enterprise_acts_in_its_own_case_only() {
    let mut desk = noticed();
    let form = [("defence", "已整改")];
    assert_eq!(codes(desk.act(&step("defend", "91110000802100433B", "2013-06-05", &form))), ["ZH8230"]);
    assert_eq!(codes(desk.act(&step("defend", "o1", "2013-06-05", &form))), ["ZH8230"]);
    desk.act(&step("defend", "91350100M0001TGQXM", "2013-06-05", &form)).unwrap();
    assert_eq!(desk.state(), "heard");
}

#[test]
fn nobody_approves_his_own_proposal() {
    let mut desk = proposed();
    desk.act(&approve("legal", "2013-06-21")).unwrap();
    assert_eq!(codes(desk.act(&approve("o1-second", "2013-06-21"))), ["ZH8231"], "one person, two accounts");
    assert_eq!(codes(desk.act(&approve("o1", "2013-06-21"))), ["ZH8226"], "has not the role");
    assert_eq!(desk.state(), "waived");
    desk.act(&approve("head", "2013-06-21")).unwrap();
    assert_eq!(desk.state(), "decided");
}

#[test]
fn a_subordinate_of_the_proposer_does_not_approve() {
    let mut desk = noticed();
    desk.act(&ask(Act::Lapse, "", "2013-06-20", &[])).unwrap();
    let mut decide = step("decide", "o2", "2013-06-20", &[("fine", "100"), ("grave", "true")]);
    decide.evidence = vec![file("record", 'a')];
    desk.act(&decide).unwrap();
    desk.act(&approve("legal", "2013-06-20")).unwrap();
    assert_eq!(codes(desk.act(&approve("low-head", "2013-06-21"))), ["ZH8233"]);
    desk.act(&approve("city-head", "2013-06-21")).unwrap();
    assert_eq!(desk.state(), "decided");
}

#[test]
fn a_delegate_of_the_proposer_does_not_approve_and_one_of_the_head_does() {
    let mut desk = proposed();
    // p6, the head of the city, is the deputy of p1 (who proposed) in September only.
    desk.act(&approve("legal", "2013-09-02")).unwrap();
    assert_eq!(codes(desk.act(&approve("city-head", "2013-09-02"))), ["ZH8232"]);
    let mut desk = proposed();
    desk.staff.officers.push(super::officer("deputy", "p8", "officer", "621122", None));
    desk.act(&approve("legal", "2013-06-21")).unwrap();
    let taken = desk.act(&approve("deputy", "2013-06-28")).unwrap();
    let actor = taken.event.actor.unwrap();
    assert_eq!((actor.person.as_str(), actor.principal.as_deref()), ("p8", Some("p4")));
    let mut desk = proposed();
    desk.staff.officers.push(super::officer("deputy", "p8", "officer", "621122", None));
    desk.act(&approve("legal", "2013-06-21")).unwrap();
    assert_eq!(codes(desk.act(&approve("deputy", "2013-07-01"))), ["ZH8226"], "the delegation has ended");
}

#[test]
fn who_acts_for_himself_under_another_s_name_is_still_himself() {
    let mut desk = proposed();
    // The proposer himself becomes the head's deputy.
    desk.staff.delegations.push(zhiheng_act::case::Delegation {
        person: "p4".into(),
        deputy: "p1".into(),
        role: None,
        since: crate::day("2013-06-01"),
        until: None,
    });
    desk.act(&approve("legal", "2013-06-21")).unwrap();
    assert_eq!(codes(desk.act(&approve("o1", "2013-06-21"))), ["ZH8231"]);
}

#[test]
fn a_circle_of_superiors_does_not_turn_for_ever() {
    let mut desk = proposed();
    for officer in &mut desk.staff.officers {
        officer.superior = Some(if officer.person == "p4" { "p3" } else { "p4" }.into());
    }
    desk.act(&approve("legal", "2013-06-21")).unwrap();
    assert!(desk.act(&approve("head", "2013-06-21")).is_ok());
}

#[test]
fn what_changed_after_the_approval_must_be_approved_anew() {
    let mut desk = proposed();
    let seen = desk.cases[0].proposal.clone().unwrap().seal;
    desk.act(&ask(Act::Approve(Some(seen.clone())), "legal", "2013-06-21", &[])).unwrap();
    let mut attach = ask(Act::Attach, "o2", "2013-06-21", &[]);
    attach.evidence = vec![file("record", 'b')];
    desk.act(&attach).unwrap();
    assert_eq!(codes(desk.act(&approve("head", "2013-06-21"))), ["ZH8219"], "the proposal is void");
    let decide = step("decide", "o1", "2013-06-22", &[("fine", "100"), ("grave", "true")]);
    desk.act(&decide).unwrap();
    let stale = ask(Act::Approve(Some(seen)), "legal", "2013-06-22", &[]);
    assert_eq!(codes(desk.act(&stale)), ["ZH8220"], "another file is on record than was seen");
    desk.act(&approve("legal", "2013-06-22")).unwrap();
    assert_eq!(codes(desk.act(&approve("legal", "2013-06-22"))), ["ZH8226"]);
    desk.act(&approve("head", "2013-06-22")).unwrap();
    assert_eq!(desk.state(), "decided");
}
