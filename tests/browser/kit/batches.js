// A quarter of sampling in Longxi County, as somebody types it: right, and with three rows wrong.

const TITLES = ["任务编号", "抽样单编号", "抽查级别", "抽样日期", "抽样地", "抽样环节", "产品", "标称生产者名称", "检验结论"];

/** Six batches of the last quarter of a year. */
export function batches(year) {
  return [1, 2, 3, 4, 5, 6].map((n) => [
    `J${year}`, `J${year}-${n}`, "县级", `${year}-10-0${n + 1}`, "621122", "生产", "马铃薯粉条粉丝", "示例粉业有限公司", "合格",
  ]);
}

/** The same with three rows wrong. */
export function spoilt(year) {
  const table = batches(year);
  table[1][3] = `${year}-11-31`; // there is no such day
  table[3][4] = "621102"; // another county
  table[4][3] = `${year}-09-30`; // another quarter
  return table;
}

/** Types the right values into the fields of the wrong cells. */
export async function mend(visitor, year) {
  await visitor.page.fill("[name=c1-3]", `${year}-10-20`);
  await visitor.page.fill("[name=c3-4]", "621122");
  await visitor.page.fill("[name=c4-3]", `${year}-10-18`);
}

/** With column titles, as text. */
export const lines = (table, between) => [TITLES, ...table].map((row) => row.join(between)).join("\n") + "\n";

/** Presses the button of the form whose address ends like this. */
export async function send(visitor, ending) {
  const button = visitor.page.locator(`form[action*='/${ending}'] button`).first();
  await Promise.all([visitor.page.waitForNavigation(), button.click()]);
}

/** Waits until nobody works on what was handed in any more; without script the page asks to be loaded again. */
export async function settled(visitor) {
  for (let n = 0; n < 60 && visitor.path.startsWith("/jobs/"); n += 1) {
    await visitor.page.waitForTimeout(500);
    if (visitor.path.startsWith("/jobs/")) await visitor.page.goto(visitor.path);
  }
  return visitor.text();
}
