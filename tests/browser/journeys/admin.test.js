// The three administrators: accounts, rights, the trail. Nobody of them does another's work.
import assert from "node:assert/strict";

import { journey } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

/** Shows the password again where a page asks for it. */
async function strong(visitor) {
  await visitor.go("/account/confirm");
  await visitor.confirm();
}

journey(it, "an account is made by one, gets its right from another, and both are on the trail", async (kind) => {
  const login = kind.script ? "weiyuan-quality" : "minxian-quality";
  const system = await it.as("sysadmin", kind);
  await strong(system);
  await system.follow("账号", { within: "nav.menu" });
  await look(system, kind.script ? "accounts" : "accounts-plain");
  const make = "main form[action='/admin/accounts'] button";
  await system.page.fill("#new-login", login);
  await system.page.fill("#new-name", "质量股股长");
  // A login that is taken comes back with what was typed.
  await system.page.fill("#new-login", "city-office");
  await system.page.fill("#new-person", `P-${login}`);
  await system.click(make, 422);
  assert.equal(await system.page.inputValue("#new-name"), "质量股股长");
  await system.page.fill("#new-login", login);
  await system.click(make);
  const secret = (await system.page.locator("code.secret").innerText()).trim();
  assert.ok(secret.length >= 12);
  await system.go("/admin/grants", 404);
  await system.go("/admin/trail", 404);

  const security = await it.as("secadmin", kind);
  await strong(security);
  await security.go("/admin/grants");
  const row = security.page.locator("main tr", { hasText: login });
  await security.click(row.getByRole("link"));
  await look(security, "grant");
  await security.page.selectOption("#role", "handler");
  await security.page.fill("#region", "621123");
  await security.page.fill("#reason", "岗位职责");
  await security.click("main form button.first");
  assert.match(await security.text(), /渭源县|621123/);
  await security.go("/admin/accounts", 404);

  const auditor = await it.as("auditor", kind);
  await auditor.go("/admin/trail");
  const trail = await auditor.text();
  assert.match(trail, /账号变更\s+sysadmin \(/);
  assert.match(trail, /权限变更\s+secadmin \(/);
  assert.match(trail, /越权请求\s+sysadmin \(/, "what was refused is kept too");
  await auditor.go("/admin/trail?account=secadmin");
  assert.doesNotMatch(await auditor.text(), /sysadmin \(/);
  await auditor.go("/admin/trail?check=1");
  await look(auditor, kind.script ? "trail" : "trail-plain");

  // Who has a password that somebody else knows must change it first.
  const fresh = await it.visitor(kind);
  await fresh.signIn(login, secret);
  await fresh.go("/cases", 403);
});
