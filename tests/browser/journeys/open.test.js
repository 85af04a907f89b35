// A citizen looks something up, checks a paper and scans a code, without a login.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "a citizen looks up what was released", async (kind) => {
  const citizen = await it.visitor({ ...kind, door: "public" });
  await citizen.go("/open");
  await look(citizen, "open-home");
  await citizen.page.fill("main input[name=q]", "考核");
  await citizen.click("main form button");
  assert.match(citizen.path, /^\/open\/search/);
  await look(citizen, "open-search");
  await citizen.go("/open/p/DX-2015-9");
  assert.match(await citizen.text(), /七县区得分、等级/);
  await look(citizen, "open-publication");
  // A rate in plain words: Wilson of 1417 out of 1650, 84.1 to 87.5, rounded outward.
  await citizen.go("/open/p/DX-2015-10");
  assert.match(await citizen.text(), /1650 个中有 1417 个/);
  assert.match(await citizen.text(), /大约有 12 到 16 个不达标/);
  await look(citizen, "open-figures");
  const csv = await (await citizen.fetch("/open/p/DX-2015-10.csv")).text();
  assert.equal(csv.trim().split("\n").length, 1 + 8 + 15);
  await citizen.go("/open/r/621100");
  await look(citizen, "open-region");
  await citizen.go("/open/p/no-such", 404);
});

journey(it, "a paper is checked by its number", async (kind) => {
  const citizen = await it.visitor({ ...kind, door: "public" });
  await citizen.go("/verify");
  await look(citizen, "verify");
  await citizen.page.fill("main input[name=code]", "DX-2015-9");
  await citizen.click("main form button");
  assert.equal(citizen.path, "/verify/DX-2015-9");
  assert.match(await citizen.text(), /是真的/);
  await look(citizen, "verify-yes");
  await citizen.go("/verify/0000");
  assert.match(await citizen.text(), /核验不了/);
  await look(citizen, "verify-no");
});

journey(it, "a code on a product says what a consumer may know", async (kind) => {
  const citizen = await it.visitor({ ...kind, door: "public" });
  await citizen.go("/01/06901234000115/10/R0-3-2");
  assert.match(await citizen.text(), /正在召回/);
  await look(citizen, "thing-recalled");
  await citizen.go("/01/06901234000115/10/R0-3-3");
  assert.match(await citizen.text(), /没有查到召回/);
  await look(citizen, "thing-unknown");
  await citizen.go("/01/12", 404);
  await look(citizen, "thing-none");
});
