//! What public data look like to programs.

use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::{Lang, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_desk::open::{Book, Change, Notice, Outcome, Publication, Tables};
use zhiheng_judge::subject::CreditReport;

/// A publication.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenPublication {
    /// Number.
    pub(crate) number: String,
    /// Code of `release.kind`.
    pub(crate) kind: String,
    /// Its name.
    pub(crate) kind_name: String,
    /// Title.
    pub(crate) title: String,
    /// Region.
    pub(crate) region: String,
    /// Its name.
    pub(crate) region_name: String,
    /// Credit code of the party that it names.
    pub(crate) subject: Option<String>,
    /// What is published.
    pub(crate) summary: String,
    /// On which grounds.
    pub(crate) grounds: String,
    /// First day.
    pub(crate) published_on: String,
    /// Day of the last correction.
    pub(crate) corrected_on: Option<String>,
    /// Last day; `null` if none is set.
    pub(crate) ends_on: Option<String>,
    /// Edition.
    pub(crate) edition: u64,
    /// Ledger size from which it was made.
    pub(crate) ledger_size: u64,
    /// Catalog by which it was made.
    pub(crate) catalog_digest: String,
    /// SHA-256 of the content that was approved.
    pub(crate) content_hash: String,
    /// Tables, cells that must not be published left out; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tables: Option<Vec<OpenTable>>,
}

/// A table of a publication.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenTable {
    /// Indicator.
    pub(crate) indicator: String,
    /// Its name.
    pub(crate) name: String,
    /// Address with the ledger size at which it can be computed again.
    pub(crate) address: String,
    /// Cells, row by row.
    pub(crate) cells: Vec<OpenCell>,
}

/// A cell.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenCell {
    /// Code of the row; `null` for the total, empty for records that state none.
    pub(crate) row: Option<String>,
    /// Name of the row.
    pub(crate) row_name: Option<String>,
    /// Code of the column, likewise.
    pub(crate) column: Option<String>,
    /// Name of the column.
    pub(crate) column_name: Option<String>,
    /// Whether it is withheld, so that nobody behind it can be told.
    pub(crate) withheld: bool,
    /// Printed value.
    pub(crate) value: Option<String>,
    /// Lower and upper limit.
    pub(crate) low: Option<String>,
    /// See `low`.
    pub(crate) high: Option<String>,
    /// Numerator.
    pub(crate) top: Option<String>,
    /// Denominator.
    pub(crate) bottom: Option<String>,
    /// Records behind it.
    pub(crate) records: Option<u64>,
}

/// The published result of a sampled batch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenResult {
    /// Entry in the ledger.
    pub(crate) entry: u64,
    /// `result` or `announcement`.
    pub(crate) kind: String,
    /// Product.
    pub(crate) product: String,
    /// Lot or date of production.
    pub(crate) lot: Option<String>,
    /// Labelled producer.
    pub(crate) producer: Option<String>,
    /// Seller.
    pub(crate) seller: Option<String>,
    /// What failed.
    pub(crate) failed_items: Vec<String>,
    /// Who tested.
    pub(crate) laboratory: Option<String>,
    /// Where it was sampled.
    pub(crate) region: String,
    /// When it was sampled.
    pub(crate) sampled_on: Option<String>,
    /// When it was published.
    pub(crate) published_on: String,
}

/// A recall that goes on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenRecall {
    /// Number.
    pub(crate) number: String,
    /// Product.
    pub(crate) product: String,
    /// What is recalled.
    pub(crate) item: String,
    /// The same as a GS1 Digital Link, if it is an identifier.
    pub(crate) digital_link: Option<String>,
    /// Lot or date of production, as printed.
    pub(crate) lot: Option<String>,
    /// Producer.
    pub(crate) producer: String,
    /// Defect and hazard.
    pub(crate) hazard: String,
    /// What to do.
    pub(crate) remedy: String,
    /// Region.
    pub(crate) region: String,
    /// First day.
    pub(crate) published_on: String,
}

/// What changed after a publication: numbers and hashes, for whoever copied it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenChange {
    /// Number of the publication.
    pub(crate) number: String,
    /// `corrected`, `expired` or `withdrawn`.
    pub(crate) change: String,
    /// Region.
    pub(crate) region: String,
    /// Its day.
    pub(crate) changed_on: String,
    /// Hash of the content that stands no more.
    pub(crate) old_hash: String,
    /// Hash of the content in its place; `null` after an end.
    pub(crate) new_hash: Option<String>,
}

/// What is public of an enterprise.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenEnterprise {
    /// Credit code.
    pub(crate) code: String,
    /// Name as last recorded.
    pub(crate) name: Option<String>,
    /// Day for which it was drawn.
    pub(crate) day: String,
    /// Verification code of the public credit report.
    pub(crate) report_code: String,
    /// Grades that are public.
    pub(crate) grades: Vec<OpenGrade>,
    /// Statements that are public.
    pub(crate) statements: Vec<OpenStatement>,
}

/// A grade.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenGrade {
    /// Scheme.
    pub(crate) scheme: String,
    /// Its name.
    pub(crate) name: String,
    /// Grade; `null` if none is given.
    pub(crate) grade: Option<String>,
    /// Since when.
    pub(crate) since: Option<String>,
}

/// A statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenStatement {
    /// Entry in the ledger.
    pub(crate) entry: u64,
    /// Code of its kind.
    pub(crate) kind: String,
    /// Its name.
    pub(crate) name: String,
    /// Day.
    pub(crate) day: String,
    /// `stands`, `doubted`, `confirmed` or `struck`.
    pub(crate) objection: String,
    /// Other fields: name and value.
    pub(crate) facts: Vec<(String, String)>,
    /// Source.
    pub(crate) source: Option<String>,
}

/// A file that can be fetched.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenFile {
    /// Address on this server.
    pub(crate) href: String,
    /// Content type.
    pub(crate) media_type: String,
    /// What is in it.
    pub(crate) about: String,
    /// Rows.
    pub(crate) rows: u64,
}

/// Whether a code is ours.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenProof {
    /// The code.
    pub(crate) code: String,
    /// Whether it is ours.
    pub(crate) authentic: bool,
    /// `receipt`, `publication`, `credit`, `letter`, `ledger`, `changed` or `unknown`.
    pub(crate) kind: String,
    /// Whether what it names is still public; `null` where that is no question.
    pub(crate) public: Option<bool>,
    /// Day of receipt, publication or report.
    pub(crate) day: Option<String>,
    /// Size of the ledger to which it belongs.
    pub(crate) ledger_size: Option<u64>,
}

pub(super) fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn region_name(catalog: &Catalog, region: RegionCode, lang: Lang) -> String {
    catalog.regions.title(region, lang).map_or_else(|| region.to_string(), str::to_owned)
}

/// A publication without its tables.
pub(super) fn head(catalog: &Catalog, lang: Lang, one: &Publication) -> OpenPublication {
    let items = catalog.lists.get("release.kind").map(|list| list.items.as_slice()).unwrap_or_default();
    let kind = items.iter().find(|item| item.code == one.kind);
    let decided = one.decided.clone().unwrap_or_default();
    OpenPublication {
        number: one.number.clone(),
        kind: one.kind.clone(),
        kind_name: kind.map_or(one.kind.as_str(), |item| item.name.get(lang)).to_owned(),
        title: one.title.clone(),
        region: one.region.to_string(),
        region_name: region_name(catalog, one.region, lang),
        subject: one.subject.clone(),
        summary: decided.summary,
        grounds: decided.grounds,
        published_on: one.from.to_string(),
        corrected_on: text(one.corrected),
        ends_on: text(one.until),
        edition: one.edition,
        ledger_size: one.size,
        catalog_digest: one.catalog.clone(),
        content_hash: one.hash.clone(),
        tables: None,
    }
}

/// A publication with its tables.
pub(crate) fn publication(catalog: &Catalog, lang: Lang, book: &Book, one: &Publication) -> OpenPublication {
    let shown = book.tables(one).map(Tables::shown).unwrap_or_default();
    let tables = shown.iter().map(|table| OpenTable {
        indicator: table.indicator.clone(),
        name: table.name.get(lang).to_owned(),
        address: table.address.to_string(),
        cells: table.cells.iter().map(|cell| self::cell(lang, cell)).collect(),
    });
    OpenPublication { tables: Some(tables.collect()), ..head(catalog, lang, one) }
}

fn cell(lang: Lang, cell: &zhiheng_desk::open::table::Cell) -> OpenCell {
    let number = cell.number.as_ref();
    let parts = number.and_then(|number| number.parts);
    let interval = number.and_then(|number| number.interval.clone());
    OpenCell {
        row: cell.row.as_ref().map(|named| named.code.clone()),
        row_name: cell.row.as_ref().map(|named| named.name.get(lang).to_owned()),
        column: cell.column.as_ref().map(|named| named.code.clone()),
        column_name: cell.column.as_ref().map(|named| named.name.get(lang).to_owned()),
        withheld: number.is_none(),
        value: number.and_then(|number| number.value.clone()),
        low: interval.as_ref().map(|(low, _)| low.clone()),
        high: interval.map(|(_, high)| high),
        top: parts.map(|(top, _)| top.normalize().to_string()),
        bottom: parts.map(|(_, bottom)| bottom.normalize().to_string()),
        records: number.map(|number| number.records),
    }
}

pub(super) fn result(one: &Outcome) -> OpenResult {
    OpenResult {
        entry: one.entry,
        kind: one.kind.clone(),
        product: one.product.clone(),
        lot: one.lot.clone(),
        producer: one.producer.clone(),
        seller: one.seller.clone(),
        failed_items: one.failed.clone(),
        laboratory: one.laboratory.clone(),
        region: one.region.to_string(),
        sampled_on: text(one.sampled),
        published_on: one.on.to_string(),
    }
}

pub(super) fn recall(one: &Notice) -> OpenRecall {
    OpenRecall {
        number: one.number.clone(),
        product: one.product.clone(),
        item: one.item.clone(),
        digital_link: one.identifier.as_ref().map(zhiheng_trace::Identifier::link),
        lot: one.lot.clone(),
        producer: one.producer.clone(),
        hazard: one.hazard.clone(),
        remedy: one.remedy.clone(),
        region: one.region.to_string(),
        published_on: one.from.to_string(),
    }
}

pub(super) fn change(one: &Change) -> OpenChange {
    OpenChange {
        number: one.number.clone(),
        change: one.kind.clone(),
        region: one.region.to_string(),
        changed_on: one.on.to_string(),
        old_hash: one.old.clone(),
        new_hash: one.new.clone(),
    }
}

/// What is public of an enterprise.
pub(crate) fn enterprise(lang: Lang, one: &CreditReport) -> OpenEnterprise {
    use zhiheng_judge::subject::report::Objection;
    let statements = one.sections.iter().flat_map(|section| &section.statements).map(|shown| OpenStatement {
        entry: shown.entry,
        kind: shown.kind.clone(),
        name: shown.name.get(lang).to_owned(),
        day: shown.day.to_string(),
        objection: match shown.objection {
            Objection::Stands => "stands",
            Objection::Doubted => "doubted",
            Objection::Confirmed => "confirmed",
            Objection::Struck => "struck",
        }
        .to_owned(),
        facts: (shown.facts.iter())
            .map(|fact| (fact.label.get(lang).to_owned(), fact.value.get(lang).to_owned()))
            .collect(),
        source: shown.source.clone(),
    });
    OpenEnterprise {
        code: one.holder.clone(),
        name: one.name.clone(),
        day: one.day.to_string(),
        report_code: one.code.clone(),
        grades: (one.grades.iter())
            .map(|grade| OpenGrade {
                scheme: grade.scheme.clone(),
                name: grade.name.get(lang).to_owned(),
                grade: grade.grade.clone(),
                since: text(grade.since),
            })
            .collect(),
        statements: statements.collect(),
    }
}
