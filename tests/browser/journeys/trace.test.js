// A delivery is followed to the shops.
import assert from "node:assert/strict";

import { dairy, DELIVERY } from "../kit/dairy.js";
import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world({ prepare: dairy });
/** When events were captured is the time of the journey. */
const hide = [[/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g, "<a time>"]];

journey(it, "where a delivery went, where it is now, and the list for the authority", async (kind) => {
  const officer = await it.as("city-office", kind);
  await officer.go("/");
  await officer.click("nav a[href='/trace']");
  await look(officer, "trace");
  await officer.page.fill("#id", DELIVERY);
  await officer.click("form.choose button");
  assert.match(await officer.text(), /涉及 1200 件、21 个批次或品种，接收方 121 个/);
  await look(officer, "trace-delivery", { hide });
  const href = await officer.page.locator("main a[href$='as=csv']").getAttribute("href");
  const list = await (await officer.fetch(href)).text();
  assert.equal(list.trimEnd().split("\n").length, 1 + 1221, "every piece and lot is in the file");
  // A box of the picture is the page of the lot.
  await officer.click(officer.page.locator("main figure svg a").first());
  assert.match(officer.path, /^\/trace\?id=/);
  assert.match(await officer.text(), /经过/);
  await officer.go("/trace?id=nobody-knows-this", 404);
  await look(officer, "trace-unknown");
});

journey(it, "who has no right for events does not learn that there are any", async (kind) => {
  const reader = await it.as("zhang-gov", kind);
  await reader.go("/");
  assert.equal(await reader.page.locator("nav a[href='/trace']").count(), 0);
  await reader.go("/trace", 404);
});
