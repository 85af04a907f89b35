// A made-up dairy, the same for everybody who takes the same seed.
import fs from "node:fs";
import path from "node:path";

import { zhiheng } from "./project.js";

/** A delivery of raw milk in it. */
export const DELIVERY = "(01)06901234000115(10)R0-3-2";

/** Counties of the city in which its shops are. */
const COUNTIES = ["安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县"];

/** Master data that put its places into counties by turns. Every ninth is only known to be in the city, every tenth nobody described. */
function places(files) {
  const events = files.flatMap((file) => JSON.parse(fs.readFileSync(file, "utf8")).epcisBody.eventList);
  const ids = new Set(events.flatMap((event) => [event.bizLocation?.id, event.readPoint?.id]).filter(Boolean));
  const attribute = (name, text) => ({ id: `urn:epcglobal:cbv:mda:${name}`, attribute: text });
  const described = [...ids].toSorted().flatMap((id, n) => {
    if (n % 10 === 9) return [];
    const city = n % 9 === 8 ? "定西市" : COUNTIES[n % COUNTIES.length];
    return [{ id, attributes: [attribute("state", "甘肃省"), attribute("city", city)] }];
  });
  return {
    "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: "2026-01-01T00:00:00Z",
    epcisHeader: {
      epcisMasterData: {
        vocabularyList: [
          { type: "urn:epcglobal:epcis:vtype:BusinessLocation", vocabularyElementList: described },
        ],
      },
    },
    epcisBody: { eventList: [] },
  };
}

/** Captures its events, and where its places are. */
export function dairy(project) {
  const folder = path.join(project, "events");
  zhiheng(project, ["trace", "generate", "--world", "dairy", "--events", "1000", "--seed", "5", "-o", folder]);
  const files = fs.readdirSync(folder).toSorted().map((name) => path.join(folder, name));
  const regions = path.join(folder, "places.jsonld");
  fs.writeFileSync(regions, JSON.stringify(places(files)));
  zhiheng(project, ["trace", "capture", ...files, regions, "--provenance", "synthetic"]);
}
