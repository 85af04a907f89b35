// What a file of journeys works with: a server, a browser, and people in front of it.
import { after, before } from "node:test";

import { copy } from "./project.js";
import { Visitor } from "./visitor.js";
import { serve } from "./server.js";
import { chromium } from "./tools.js";

const CHROMIUM = process.env.ZHIHENG_CHROMIUM ?? "/usr/bin/chromium";

/**
 * A server and a browser for the journeys of a file; answers the world, filled when the first journey starts. `prepare` gets the
 * project before the server has it.
 */
export function world({ prepare } = {}) {
  const it = { visitors: [] };
  before(async () => {
    it.project = copy();
    it.prepared = prepare?.(it.project);
    it.server = await serve(it.project);
    it.browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  });
  after(async () => {
    for (const visitor of it.visitors) await visitor.leave();
    await it.browser?.close();
    await it.server?.stop();
  });
  /** Somebody in front of a browser of their own; `options` are Visitor's. */
  it.visitor = async (options = {}) => {
    const visitor = await Visitor.arrive(it, options);
    it.visitors.push(visitor);
    return visitor;
  };
  /** Somebody signed in. */
  it.as = async (login, options = {}) => {
    const visitor = await it.visitor(options);
    await visitor.signIn(login);
    return visitor;
  };
  return it;
}
