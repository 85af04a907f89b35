//! The credit report that an enterprise takes with it, with the address at which anybody can check it.

use zhiheng_press::PressOptions;
use zhiheng_publish::credit::report as printed;
use zhiheng_publish::model::{Block, Inline};

use super::own::{firm, report, verify_href};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::pages::download::saved;
use crate::pages::sheet::json;
use crate::press::FORMATS;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /enterprise/credit/{document}`: `report.pdf`, `.docx`, `.xlsx`, `.json`.
pub(crate) async fn file(call: Call) -> Answer {
    let code = firm(&call)?;
    // It holds data of the enterprise's persons; that it was fetched is noted.
    let thing = Thing { enterprise: Some(code.clone()), level: Level::Internal, ..Thing::default() };
    call.permit(&thing, &format!("credit report {code}")).await?;
    let office = call.server.office()?;
    let own = {
        let desk = office.desk().await?;
        report(&desk, &code, call.server.today()).await?.ok_or_else(Problem::not_found)?
    };
    let (stem, ending) = call.param("document").rsplit_once('.').ok_or_else(Problem::not_found)?;
    if stem != "report" {
        return Err(Problem::not_found());
    }
    if ending == "json" {
        return json(&own);
    }
    let (ending, kind) =
        FORMATS.into_iter().find(|(known, _)| *known == ending).ok_or_else(Problem::not_found)?;
    let mut document = printed(&own, None, &format!("zhiheng {}", call.server.version), call.view.lang);
    let address = Text(call.view.lang).with("firm-verify-at", "address", verify_href(&call, &own));
    document.blocks.push(Block::Paragraph(vec![Inline::Text(address)]));
    let bytes = office.press.report(document, ending, PressOptions::default()).await?;
    saved(bytes, kind, &format!("credit-{}-{}.{ending}", own.holder, own.day))
}
