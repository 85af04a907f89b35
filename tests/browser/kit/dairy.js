// A made-up dairy, the same for everybody who takes the same seed.
import fs from "node:fs";
import path from "node:path";

import { zhiheng } from "./project.js";

/** A delivery of raw milk in it. */
export const DELIVERY = "(01)06901234000115(10)R0-3-2";

/** Captures its events. */
export function dairy(project) {
  const folder = path.join(project, "events");
  zhiheng(project, ["trace", "generate", "--world", "dairy", "--events", "1000", "--seed", "5", "-o", folder]);
  const files = fs.readdirSync(folder).toSorted().map((name) => path.join(folder, name));
  zhiheng(project, ["trace", "capture", ...files, "--provenance", "synthetic"]);
}
