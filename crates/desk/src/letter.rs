//! Letters of cases, written from the case as it stood when the letter was written: later steps do not change them.

use std::collections::BTreeMap;

use zhiheng_act::case::{Case, Letter, to_json};
use zhiheng_act::clock::reckon;
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_publish::letter::{ClockShown, Letter as Document, LetterContext, addressee, write};
use zhiheng_publish::shown::shown;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::desk::Desk;
use crate::trouble::Trouble;

/// Letters of a case, counted from 1, each with the place of its event.
pub fn letters(case: &Case) -> Vec<(usize, Letter)> {
    let events = case.events.iter().enumerate();
    events.flat_map(|(at, (_, event))| event.letters.iter().map(move |letter| (at, letter.clone()))).collect()
}

/// The code by which a letter is checked: of its case, the entry that wrote it and its number.
pub fn seal(case: &str, entry: u64, number: &str) -> String {
    let hash = to_hex(&sha256(format!("{case} {entry} {number}").as_bytes()));
    hash.get(..16).unwrap_or_default().to_owned()
}

impl Desk {
    /// Letter `n` (counted from 1) of a case, and what is wrong with it: a field that is missing, a text too long.
    ///
    /// Errors: ZH8264 if there is none, ZH8265 if its template is gone, those of the template.
    pub async fn letter(
        &self,
        number: &str,
        n: usize,
        lang: Lang,
    ) -> Result<(Document, Vec<Diagnostic>), Trouble> {
        let whole = self.case(number, None).await?;
        let all = letters(&whole);
        let Some((at, letter)) = n.checked_sub(1).and_then(|n| all.get(n)) else {
            let problem = Diagnostic::error("ZH8264").arg("case", number).arg("n", n).arg("of", all.len());
            return Err(problem.into());
        };
        let Some(template) = self.catalog.letters.get(&letter.template) else {
            return Err(Diagnostic::error("ZH8265").arg("template", &letter.template).into());
        };
        let Some((entry, event)) = whole.events.get(*at).cloned() else {
            return Err(Diagnostic::error("ZH8229").arg("case", number).into());
        };
        let procedure = self.procedure(&whole)?;
        let upto = whole.events.iter().take(at + 1).cloned();
        let case = Case::after(procedure, upto, Vec::new());
        // The office that decided is that of whoever proposed; the approval is its head's.
        let proposer = (case.events.iter().rev().map(|(_, event)| event))
            .find(|one| one.step == event.step && one.seal == event.seal && one.actor.is_some());
        let actor = proposer.and_then(|event| event.actor.as_ref()).or(event.actor.as_ref());
        let fields: BTreeMap<_, _> = (procedure.fields.iter())
            .map(|field| {
                let value =
                    case.sheet.get(&field.id).map_or(serde_json::Value::Null, |value| to_json(field, value));
                (field.id.clone(), shown(&self.catalog, field, &value, &|_| None, event.on, Lang::Zh))
            })
            .collect();
        let mut clocks = BTreeMap::new();
        for (instance, running) in &case.clocks {
            let Some(clock) = self.catalog.clocks.get(&running.clock) else { continue };
            let reckoning = reckon(clock, &running.facts, &self.calendar)?;
            let opens = reckoning.opens.as_ref().and_then(|end| end.day);
            let shown = ClockShown { opens, due: reckoning.due(), provisional: reckoning.is_provisional() };
            clocks.insert(instance.clone(), shown);
        }
        let mut facts = LetterContext {
            number: letter.number_text(),
            to: String::new(),
            unit: actor.map(|actor| actor.unit.clone()).unwrap_or_default(),
            signer: String::new(),
            on: event.on,
            case_no: number.to_owned(),
            fields,
            clocks,
            ledger: entry + 1,
            catalog: event.catalog.clone(),
            verify: seal(number, entry, &letter.number_text()),
        };
        facts.to = addressee(template, &facts);
        Ok(write(template, &facts, lang)?)
    }
}
