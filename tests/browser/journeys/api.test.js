// The API against its own description: schemathesis makes requests from it, good and bad, and holds the answers against it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { schemathesis } from "../kit/schemathesis.js";
import { world } from "../kit/world.js";

const it = world();

// A leader reads everything; a reporter hands in as well.
for (const login of ["city-leader", "longxi-reporter"]) {
  test(`the API does what it says, for a program of ${login}`, { timeout: 500_000 }, async () => {
    const reader = await it.as(login);
    await reader.go("/account/confirm");
    await reader.confirm();
    await reader.go("/account");
    await reader.page.fill("#token-name", "接口检查");
    await reader.page.fill("#token-days", "1");
    for (const box of await reader.page.locator("main input[name=scopes]").all()) await box.check();
    await reader.click("main form[action='/account/tokens'] button");
    const token = (await reader.page.locator("code.secret").innerText()).trim();

    await schemathesis(`api-${login}`, `${reader.origin}/api/v1/openapi.json`, token, [], { cwd: it.project });
    const health = await reader.fetch("/health");
    assert.equal((await health.text()).trim(), "ok");
  });
}
