// htmx, and the little that pages need beside it. Every page works without this file.
import "htmx.org/dist/htmx.esm.js";

import { keys } from "./keys.js";

// A form that came back with problems: the summary is read first.
function focusSummary(root) {
  const summary = root.querySelector("[data-summary]");
  if (summary) summary.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  focusSummary(document);
  keys(document);
});

// Whoever signs in next finds no forms of another: copies kept for times without a network go with the session.
if (location.pathname === "/login" && window.caches) caches.delete("field-1");

document.addEventListener("htmx:after:swap", () => focusSummary(document));

// "/" goes to the search box, unless somebody is writing. Switched off with the box "keys" in the footer's settings.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.documentElement.dataset.keys === "off") return;
  const at = event.target;
  if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName))) return;
  const box = document.getElementById("search");
  if (!box) return;
  event.preventDefault();
  box.focus();
});
