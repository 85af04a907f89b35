// The system administrator takes care of the ledger and its backups, and tries definitions before they are adopted.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

import { journey, KINDS } from "../kit/journey.js";
import { look } from "../kit/look.js";
import { world } from "../kit/world.js";

const it = world();

journey(it, "the ledger is verified, a backup made and checked", async (kind) => {
  const system = await it.as("sysadmin", kind);
  await system.go("/admin/upkeep", 403);
  await system.go("/account/confirm");
  await system.confirm();
  await system.follow("运行维护", { within: "nav.menu" });
  if (kind.script) await look(system, "upkeep");
  for (const [button, told] of [
    ["验证账本", /条全部相符/],
    ["制作备份", /最近的备份制作于/],
    ["检查备份", /个文件相符/],
  ]) {
    await system.press(button);
    for (let n = 0; n < 50 && !told.test(await system.text()); n++) {
      await system.page.waitForTimeout(200);
      await system.go("/admin/upkeep");
    }
    assert.match(await system.text(), told);
  }
  await look(system, kind.script ? "upkeep-done" : "upkeep-done-plain");
});

journey(
  it,
  "definitions are looked at, tried and adopted",
  async (kind) => {
    const system = await it.as("sysadmin", kind);
    await system.go("/account/confirm");
    await system.confirm();
    await system.go("/admin/catalog");
    assert.match(await system.text(), /就是现行定义，已采用/);
    await look(system, "rules");

    // Somebody has written another rule of rounding.
    const own = path.join(it.project, "catalog", "sampling");
    fs.mkdirSync(own, { recursive: true });
    const shipped = fs.readFileSync(new URL("../../../catalog/sampling/indicators.toml", import.meta.url), "utf8");
    fs.writeFileSync(path.join(own, "indicators.toml"), shipped.replace("digits = 1", "digits = 0"));
    await system.go("/admin/catalog");
    await system.press("试算");
    for (let n = 0; n < 200 && !/比较了/.test(await system.text()); n++) {
      await system.page.waitForTimeout(200);
      await system.go("/admin/catalog");
    }
    assert.match(await system.text(), /定西市\s+2014\s+92\.6\s+93/);
    await look(system, "rules-tried");
    await system.press("采用现在的定义");
    assert.match(await system.text(), /服务器下次启动后生效/);
    await look(system, "rules-adopted");
  },
  { kinds: KINDS.filter((kind) => kind.script) }, // of one server the definitions are adopted once
);
