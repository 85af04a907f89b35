// What everybody may see, at both doors; and that the public door has no other.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "the public door", async (kind) => {
  const citizen = await it.visitor({ ...kind, door: "public" });
  await citizen.go("/");
  await look(citizen, "public-home", { frame: true });
  for (const [path, name] of [["/a11y", "a11y"], ["/map", "public-map"], ["/version", "version"], ["/codes/ZH1203", "code"]]) {
    await citizen.go(path);
    await look(citizen, name);
  }
  for (const path of ["/login", "/cases", "/r/621100", "/m/sampling.pass_rate/621100/2013", "/admin/accounts"]) {
    await citizen.go(path, 404);
  }
  const health = await citizen.fetch("/health");
  assert.equal((await health.text()).trim(), "ok");
});

journey(it, "a session of the officers' door opens nothing at the public one", async (kind) => {
  const officer = await it.as("city-office", kind);
  // A browser sends the cookie to every port of the host.
  const answer = await officer.context.request.get(`${it.server.public}/`);
  const body = await answer.text();
  assert.equal(answer.status(), 200);
  assert.doesNotMatch(body, /质量办主任|等我办的|退出|94\.2%/);
});

journey(it, "the catalog, and a definition from it", async (kind) => {
  const reader = await it.as("city-office", kind);
  await reader.go("/catalog");
  await look(reader, "catalog");
  await reader.go("/i/sampling.pass_rate");
  await look(reader, "definition");
  await reader.go("/i/no.such", 404);
});
