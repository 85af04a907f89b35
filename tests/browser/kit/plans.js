// Cases for journeys: plans of sampling, drafted by the county's quality officer, and checked unless told otherwise.
import fs from "node:fs";
import path from "node:path";

import { zhiheng } from "./project.js";

/** Makes `count` plans; answers their numbers. */
export function plans(project, count, { checked = true } = {}) {
  const list = path.join(project, "burden.txt");
  fs.writeFileSync(list, "企业负担清单（演示）\n");
  const fields = {
    title: "第四季度抽查",
    planned_in: "621122",
    level: "county",
    from_day: "2030-11-01",
    until_day: "2030-12-20",
    kinds: "马铃薯粉条",
    enterprises: "10",
    batches: "20",
    budget: "30000.00",
  };
  const set = Object.entries(fields).flatMap(([field, value]) => ["--set", `${field}=${value}`]);
  const by = ["--as", "longxi-quality", "--provenance", "synthetic"];
  return Array.from({ length: count }, () => {
    const said = zhiheng(project, ["case", "open", "sampling.plan", ...by, ...set]);
    const number = said.match(/sampling\.plan-621122-\d{4}-\d{4}/)[0];
    const how = ["--set", "checked=true", "--attach", `burden-list=${list}`];
    if (checked) zhiheng(project, ["case", "do", number, "check", ...by, ...how]);
    return number;
  });
}
