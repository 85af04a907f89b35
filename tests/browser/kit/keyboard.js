// Walking through a page with the keyboard alone.

/** Presses Tab until the page's end; answers the stops: what they are, whether they can be seen and have a ring. */
export async function walk(page, most = 400) {
  const stops = [];
  await page.locator("body").press("Home");
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const all = [...document.querySelectorAll("*")];
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      const [x, y] = [box.left + Math.min(box.width / 2, 8), box.top + Math.min(box.height / 2, 8)];
      const hit = document.elementFromPoint(x, y);
      return {
        order: all.indexOf(at),
        name: `${at.localName}${at.id ? `#${at.id}` : ""} ${(at.innerText || at.getAttribute("aria-label") || at.name || "").slice(0, 30)}`,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        covered: hit !== null && !at.contains(hit) && !hit.contains(at),
      };
    });
    if (stop === null || (stops.length > 0 && stop.order === stops[0].order)) return stops;
    stops.push(stop);
  }
  throw new Error(`still not at the end after ${most} stops, at ${stops.at(-1).name}`);
}
