// Opens an HTML report from the disk in a headless Chromium, as a reader would, and prints what it saw as JSON.
// node browse.cjs NODE_MODULES CHROMIUM FOLDER visit|texts|table|pictures [OUT]
"use strict";
const [modules, browser, folder, what, out] = process.argv.slice(2);
const { chromium } = require(`${modules}/playwright-core`);
const fs = require("fs");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const axe = fs.readFileSync(`${modules}/axe-core/axe.min.js`, "utf8");
const home = `file://${folder}/index.html`;

const opened = async (chrome, width, scheme, log) => {
  const page = await (await chrome.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })).newPage();
  page.on("console", (message) => log.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => log.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { log.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) log.push(`request: ${request.url()}`); });
  return page;
};
const go = async (page, hash) => {
  await page.goto(home + hash);
  if (hash.startsWith("#/articles")) await page.waitForSelector("#rows a");
  if (hash.startsWith("#/a/")) await page.waitForSelector("#article .crumbs");
};

// Every page at two widths, light and dark: what axe finds, what is wider than the window, what was said or asked for.
const visit = async (chrome) => {
  const seen = [];
  for (const scheme of ["light", "dark"]) for (const width of [1280, 390]) {
    const log = [], page = await opened(chrome, width, scheme, log);
    for (const [name, hash] of [["overview", "#/"], ["articles", "#/articles"], ["article", "#/a/0"], ["hostile", "#/a/1"], ["spun", "#/a/5"]]) {
      await go(page, hash);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run());
      seen.push({ name, scheme, width, wide, axe: found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`), log: log.splice(0), ran: await page.evaluate(() => Boolean(window.ran)) });
    }
  }
  return seen;
};

// The words of both sides of each article, without what the page adds.
const texts = async (chrome) => {
  const page = await opened(chrome, 1280, "light", []), seen = [];
  await go(page, "#/articles");
  const many = await page.evaluate(() => loaded.index.length);
  for (let number = 0; number < many; number++) {
    await go(page, `#/a/${number}`);
    seen.push(await page.evaluate(() => [1, 2].map((side) => {
      const words = [...document.querySelectorAll(`.side:not(.caption) > :nth-child(${side})`)].map((cell) => {
        const copy = cell.cloneNode(true);
        copy.querySelectorAll(".tag, .why, .slot").forEach((node) => node.remove());
        return copy.textContent;
      });
      return words.join("\n").split(/\s+/).filter(Boolean).join(" ");
    })));
  }
  return seen;
};

// The table: it sorts, filters and searches, a link leads to an article, keys work, and few rows are drawn.
const table = async (chrome) => {
  const log = [], page = await opened(chrome, 1280, "light", log), seen = {};
  const first = () => page.$eval("#rows [aria-rowindex='2'] .path", (node) => node.textContent);
  const count = () => page.$eval("#count", (node) => node.textContent);
  await go(page, "#/articles");
  seen.all = await count();
  seen.first = await first();
  await page.click("#heads [data-key=words] button"); await page.waitForSelector("[data-key=words][aria-sort=descending]");
  seen.most = await first();
  await page.click("#heads [data-key=words] button"); await page.waitForSelector("[data-key=words][aria-sort=ascending]");
  seen.fewest = await first();
  await page.fill("#q", "number 4711"); await page.waitForFunction(() => document.querySelector("#count").textContent.startsWith("1 of"));
  seen.searched = await first();
  await page.click("#reset"); await page.waitForFunction(() => !location.hash.includes("?"));
  await page.selectOption("#rule", "x/rare"); await page.waitForFunction(() => location.hash.includes("rare"));
  seen.filtered = await count();
  await page.goBack(); await page.waitForFunction(() => !location.hash.includes("rare"));
  await page.evaluate(() => { document.querySelector("#rows").scrollTop = 5000 * 54; }); await page.waitForTimeout(200);
  seen.nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  seen.middle = await page.evaluate(() => Boolean(document.querySelector("[aria-rowindex='5002']")));
  await page.evaluate(() => { document.querySelector("#rows").scrollTop = 0; }); await page.waitForTimeout(200);
  await page.focus("#rows a"); await page.keyboard.press("ArrowDown");
  seen.arrow = await page.evaluate(() => document.activeElement.dataset.at);
  await page.keyboard.press("Enter"); await page.waitForSelector("#article .crumbs");
  seen.followed = await page.$eval("#article .path", (node) => node.textContent);
  await page.keyboard.press("j");
  seen.reason = await page.$eval("#tip", (node) => !node.hidden && node.textContent);
  await page.keyboard.press("Enter");
  seen.opened = await page.$eval(".why:not([hidden])", (node) => node.textContent);
  await page.keyboard.press("n"); await page.waitForFunction(() => location.hash === "#/a/2");
  await page.keyboard.press("?");
  seen.help = await page.$eval("#help", (node) => node.open);
  return { ...seen, log };
};

// Pictures for the documentation.
const pictures = async (chrome) => {
  for (const [name, hash, scheme, width] of [["overview", "#/", "light", 1200], ["article", "#/a/0", "light", 1200], ["article-dark", "#/a/3", "dark", 1200], ["phone", "#/a/0", "light", 390]]) {
    const page = await opened(chrome, width, scheme, []);
    await go(page, hash);
    await page.screenshot({ path: `${out}/report-${name}.png` });
  }
  return [];
};

(async () => {
  const chrome = await chromium.launch({ executablePath: browser, args: flags });
  try { console.log(JSON.stringify(await { visit, texts, table, pictures }[what](chrome))); } finally { await chrome.close(); }
})().catch((error) => { console.error(error); process.exit(1); });
