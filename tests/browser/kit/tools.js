// The packages of the journeys. They are installed outside the clone (see README.md), so they are required from there.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of these tests. */
export const HERE = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const modules = process.env.ZHIHENG_BROWSER_MODULES ?? path.join(HERE, "node_modules");
const require = createRequire(path.join(modules, "at-here.js"));

/** Playwright's driver without its browsers: Debian's Chromium is used. */
export const { chromium } = require("playwright-core");

/** The identity provider, certified for OpenID Connect. It is an ES module, so it is loaded when it is needed. */
export const identityProvider = () => import(pathToFileURL(require.resolve("oidc-provider")));

/** The source of axe-core, to be run inside a page. */
export const AXE = require("axe-core").source;

/** The zhiheng command. */
export const COMMAND = process.env.ZHIHENG_COMMAND ?? "zhiheng";

/** Where screenshots, and the page of a failure, are written. */
export const OUT = process.env.ZHIHENG_BROWSER_OUT ?? path.join(HERE, "out");

/** Whether snapshots are written instead of compared. */
export const ACCEPT = process.env.ZHIHENG_BROWSER_ACCEPT === "1";
