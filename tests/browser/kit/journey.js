// A journey is gone twice: with script and without. Where it breaks, every open window is kept to look at.
import { test } from "node:test";

import { keep } from "./look.js";

/** Both kinds of browsers. */
export const KINDS = [
  { script: true, says: "with script" },
  { script: false, says: "without script" },
];

/** Declares a journey in a world; `go` gets the options for its visitors. `only` leaves out a kind, with a reason in the call. */
export function journey(world, name, go, { kinds = KINDS, timeout = 120_000 } = {}) {
  for (const kind of kinds) {
    test(`${name}, ${kind.says}`, { timeout }, async () => {
      const first = world.visitors.length;
      try {
        await go({ script: kind.script });
      } catch (problem) {
        const told = [problem.message];
        if (!/\n {2}picture: /.test(problem.message)) {
          for (const visitor of world.visitors.slice(first)) {
            const kept = await keep(visitor, `${name.replace(/\W+/g, "-")}-${visitor.login ?? "nobody"}`);
            told.push(`  ${visitor.path}`, `  picture: ${kept}.png`, `  page: ${kept}.html`);
          }
        }
        const place = problem.stack?.match(/journeys\/[\w-]+\.test\.js:\d+/)?.[0];
        if (place) told.push(`  at ${place}`);
        throw new Error(told.join("\n"), { cause: problem });
      } finally {
        for (const visitor of world.visitors.splice(first)) await visitor.leave();
      }
    });
  }
}
