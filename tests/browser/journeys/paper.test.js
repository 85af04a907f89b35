// From the printed report to the page: every number of the PDF leads to the same number on the page, and on to its rows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";

import { journey } from "../kit/journey.js";
import { zhiheng } from "../kit/project.js";
import { world } from "../kit/world.js";

const it = world();

/** Builds the report for this server and answers the addresses that its PDF leads to, with the size of the ledger in them. */
function links() {
  const file = path.join(it.project, "report.pdf");
  const words = ["--region", "621100", "--period", "2013", "--to", "pdf", "-o", file];
  zhiheng(it.project, ["report", "build", "dingxi-annual", ...words, "--site", it.server.officers]);
  const listed = execFileSync("pdfinfo", ["-url", file], { encoding: "utf8" });
  return [...new Set(listed.match(/https?:\/\/\S+/g) ?? [])];
}

journey(it, "every number of the report opens the same number, and its rows", async (kind) => {
  const officer = await it.as("city-office", kind);
  const all = links();
  assert.ok(all.length > 50, `${all.length} links`);
  for (const link of all) {
    assert.ok(link.startsWith(`${it.server.officers}/m/`), link);
    const answer = await officer.fetch(link.slice(it.server.officers.length));
    assert.equal(answer.status(), 200, link);
  }
  const headline = all.find((link) => /\/m\/sampling\.pass_rate\/621100\/2013@\d+$/.test(link));
  assert.ok(headline, "the rate of the whole prefecture is among them");
  await officer.go(headline.slice(it.server.officers.length));
  assert.match(await officer.text(), /85\.9%/);
  assert.match(await officer.text(), /1,?417 ÷ 1,?650/);
  await officer.follow("看逐条记录");
  assert.match(officer.path, /\/records/);
  assert.equal(await officer.page.locator("main tbody tr").count(), 100);
});
