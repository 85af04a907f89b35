// What assistive technology is told of a page, kept in git: `snapshots/<name>.yml`. What changes from day to day is masked, and of
// long tables and lists the first lines stand for the rest: figures are tested elsewhere, here it is the structure.
import fs from "node:fs";
import path from "node:path";

import { ACCEPT, HERE } from "./tools.js";

/** Rows of a table and items of a list that are kept. */
const KEPT = 3;

const MASKS = [
  // Days and times from 2026 on: the day of the run. The demonstration ends before.
  [/20(?:2[6-9]|[3-9]\d)-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?/g, "<day>"],
  [/20(?:2[6-9]|[3-9]\d)年\d{1,2}月\d{1,2}日/g, "<day>"],
  [/-20(?:2[6-9]|[3-9]\d)-\d{4}/g, "-<year>-<n>"],
  [/〔20(?:2[6-9]|[3-9]\d)〕\d+号/g, "〔<year>〕<n>号"],
  [/已超 \d+ 天/g, "已超 <n> 天"],
  [/\d+ days? (overdue|late)/g, "<n> days $1"],
  // The folder of a journey's project.
  [/[^\s"]*\/zhiheng-journey-\w+/g, "<project>"],
  // Backups: their names, sizes and entries.
  [/\b20\d{6}T\d{6}Z\b/g, "<backup>"],
  [/\b\d+\.\d MB\b/g, "<bytes>"],
  [/(<backup> <day>) \d+ /g, "$1 <size> "],
  [/\d+ (条全部相符|条逐条验证|条还没有备份|个文件相符)/g, "<n> $1"],
  // How many hashes a proof takes depends on what else the ledger holds: the first stands for all.
  [/^ *- row "(?:[2-9]|\d\d) [0-9a-f]{12,64}":\n(?: +- cell .*\n)+/gm, ""],
  // Digests, identifiers, entries of the ledger.
  [/\b[a-z]?[0-9a-f]{12,64}\b/g, "<digest>"],
  [/[A-Za-z0-9+/]{40,}={0,2}/g, "<base64>"],
  [/\/records\/\d+/g, "/records/<entry>"],
  [/@\d+/g, "@<size>"],
  [/(账本|ledger|entry|条目|第)(大小| size)? \d{3,}/gi, "$1$2 <size>"],
  [/ledger size [\d,]{4,}/g, "ledger size <size>"],
  [/as of \d{4,} entries/g, "as of <size> entries"],
  [/账本第\d+条/g, "账本第<size>条"],
  [/"\d{5,}"/g, '"<size>"'],
  [/row "\d{5,} /g, 'row "<size> '],
  [/\b\d{5,}–\d{5,}\b/g, "<entries>"],
  [/127\.0\.0\.1:\d+/g, "<host>"],
  [/\/objections\/\d+/g, "/objections/<entry>"],
  [/(无异议|异议处理中|不作数) \d{4,}/g, "$1 <entry>"],
  // The address of a credit report: its day, the size of the ledger and its code.
  [/(verify\/credit%3A\w+?%3A\w+?%3A)<day>%3A\d+%3A[0-9A-F-]+/g, "$1<report>"],
];

/** Takes what is masked out of a text, and shortens long lists. */
export function settle(text) {
  const lines = MASKS.reduce((all, [mask, word]) => all.replace(mask, word), text).split("\n");
  return `${shorten(lines).join("\n").trimEnd()}\n`;
}

/** Keeps the first of many siblings of a kind, and says that more follow. */
function shorten(lines) {
  const kept = [];
  const seen = []; // by depth: how many of the long kinds so far
  let skip = Infinity;
  const close = (depth) => {
    while (seen.length > depth) {
      const level = seen.length - 1;
      const counted = seen.pop();
      for (const [kind, n] of Object.entries(counted ?? {})) {
        if (n > KEPT + 1) kept.push(`${" ".repeat(level * 2)}# and more: ${kind}`);
      }
    }
  };
  for (const line of lines) {
    const depth = (line.length - line.trimStart().length) / 2;
    if (depth > skip) continue;
    skip = Infinity;
    close(depth + 1);
    const kind = line.match(/^ *- (row|listitem|article)\b/)?.[1];
    if (kind) {
      while (seen.length <= depth) seen.push({});
      seen[depth][kind] = (seen[depth][kind] ?? 0) + 1;
      if (seen[depth][kind] > KEPT + 1) {
        skip = depth;
        continue;
      }
    }
    kept.push(line);
  }
  close(0);
  return kept;
}

const written = new Set();

/** Compares a snapshot with the one in git; answers what differs, or nothing. */
export function compare(name, text) {
  const file = path.join(HERE, "snapshots", `${name}.yml`);
  const now = settle(text);
  if (ACCEPT && !written.has(name)) {
    written.add(name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, now);
    return [];
  }
  if (!fs.existsSync(file)) return [`no snapshot ${name}.yml; look at the page and accept it`];
  const then = fs.readFileSync(file, "utf8");
  if (then === now) return [];
  const [old, fresh] = [then.split("\n"), now.split("\n")];
  const at = fresh.findIndex((line, n) => line !== old[n]);
  const n = at < 0 ? fresh.length : at;
  const around = (all) => all.slice(Math.max(0, n - 1), n + 3).map((line) => `      ${line}`).join("\n");
  return [`snapshot ${name}.yml differs at line ${n + 1}\n    was:\n${around(old)}\n    is:\n${around(fresh)}`];
}
