"use strict";
const $ = (selector) => document.querySelector(selector);
const loaded = {}, waiting = {};
window.lintnews = (name, value) => { loaded[name] = value; (waiting[name] || []).forEach(([done]) => done(value)); delete waiting[name]; };

// Data are classic scripts: a page from the disk may load nothing else.
const load = (name) => name in loaded ? Promise.resolve(loaded[name]) : new Promise((done, failed) => {
  const first = !(name in waiting);
  (waiting[name] ||= []).push([done, failed]);
  if (!first) return;
  const tag = document.createElement("script"), path = `${META.data}/${name}.js`;
  tag.src = path;
  tag.onload = () => tag.remove();
  tag.onerror = () => {
    tag.remove();
    (waiting[name] || []).forEach(([, no]) => no(new Error(`${path} is missing. Keep the folder ${META.data} beside index.html.`)));
    delete waiting[name];
  };
  document.head.append(tag);
});

const el = (tag, given = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value); else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};
const svg = (tag, given) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, value);
  return node;
};
const count = (value) => value.toLocaleString("en");
const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
const short = (rule) => rule.replace(/^boilerplate\//, "");
const whyOf = (rule) => (META.rules.find(([name]) => name === rule) || ["", "", ""])[2];

// What is no letter to a reader is shown as its number; nothing of an article is ever markup.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/g;
const visible = (text) => {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(UNSEEN)) {
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    if (found[0] !== "\r") out.append(text.slice(at, found.index), el("span", { class: "code", title: `U+${code}` }, code));
    else out.append(text.slice(at, found.index));
    at = found.index + found[0].length;
  }
  out.append(text.slice(at));
  return out;
};

// ---- where we are: #/, #/articles?rule=…, #/a/12?at=345
const place = () => {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/"), query: new URLSearchParams(query) };
};

// ---- the table
const PATH = 0, TITLE = 1, SOURCE = 2, WORDS = 3, CHARS = 4, GONE = 5, EDITS = 6, FOUND = 7, VERDICT = 8, SPUN = 9, RULES = 10;
const share = (row) => row[CHARS] ? row[GONE] / row[CHARS] : 0;
const COLUMNS = [
  ["title", "Article", (a, b) => a[TITLE].localeCompare(b[TITLE]), 1],
  ["source", "Source", (a, b) => a[SOURCE] - b[SOURCE], 1],
  ["verdict", "Verdict", (a, b) => a[VERDICT] - b[VERDICT], -1],
  ["words", "Words", (a, b) => a[WORDS] - b[WORDS], -1],
  ["gone", "Goes", (a, b) => share(a) - share(b), -1],
  ["found", "Findings", (a, b) => a[FOUND] - b[FOUND], -1],
  ["spun", "Spun", (a, b) => a[SPUN] - b[SPUN], -1],
];
const FILTERS = ["q", "rule", "source", "verdict", "sort"];
let order = [], filter = "", inner = null;

const options = (select, names) => select.append(...names.map((name) => el("option", { value: name }, name)));
const setUp = () => {
  options($("#rule"), META.rules.map(([name]) => name));
  options($("#source"), META.sources);
  options($("#verdict"), META.verdicts);
  $("#sort").append(el("option", { value: "" }, "as read"), ...COLUMNS.map(([key, name, , way]) => el("option", { value: (way < 0 ? "-" : "") + key }, way < 0 ? `most: ${name.toLowerCase()}` : name.toLowerCase())));
  for (const [key, name] of COLUMNS) {
    $("#heads").append(el("div", { role: "columnheader", "data-key": key, class: ["words", "found", "spun"].includes(key) ? "number" : undefined },
      el("button", { type: "button", onclick: () => sortBy(key) }, name)));
  }
  for (const name of FILTERS) $(`#${name}`).addEventListener("input", () => narrow({ [name]: $(`#${name}`).value }, name === "q"));
  $(".tools").addEventListener("submit", (event) => event.preventDefault());
  $("#reset").addEventListener("click", (event) => { event.preventDefault(); location.hash = "#/articles"; });
  $("#rows").addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  addEventListener("resize", () => { if (!$("#articles").hidden) draw(); });
};
const sortBy = (key) => {
  const way = COLUMNS.find(([name]) => name === key)[3], now = place().query.get("sort") || "", first = (way < 0 ? "-" : "") + key;
  narrow({ sort: now === first ? (way < 0 ? key : `-${key}`) : now.replace("-", "") === key ? "" : first });
};
const narrow = (changes, quietly) => {
  const query = place().query;
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  const hash = `#/articles${query.size ? `?${query}` : ""}`;
  if (quietly) { history.replaceState(null, "", hash); articles(); } else location.hash = hash;
};
let searched = null;
const choose = (index, query) => {
  const words = (query.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
  const rule = query.has("rule") ? META.rules.findIndex(([name]) => name === query.get("rule")) : null;
  const source = query.has("source") ? META.sources.indexOf(query.get("source")) : null;
  const verdict = query.has("verdict") ? META.verdicts.indexOf(query.get("verdict")) : null;
  if (words.length) searched ||= index.map((row) => `${row[TITLE]} ${row[PATH]}`.toLowerCase());
  const chosen = [];
  index.forEach((row, number) => {
    if (rule !== null && !row[RULES].includes(rule)) return;
    if (source !== null && row[SOURCE] !== source) return;
    if (verdict !== null && row[VERDICT] !== verdict) return;
    if (words.some((word) => !searched[number].includes(word))) return;
    chosen.push(number);
  });
  const sort = query.get("sort") || "", column = COLUMNS.find(([key]) => key === sort.replace("-", ""));
  if (column) chosen.sort((x, y) => (sort[0] === "-" ? -1 : 1) * column[2](index[x], index[y]) || x - y);
  return chosen;
};
async function articles() {
  const index = await load("index"), query = place().query, now = query.toString();
  for (const name of FILTERS) { const field = $(`#${name}`); if (field !== document.activeElement || name !== "q") field.value = query.get(name) || ""; }
  const sort = query.get("sort") || "";
  for (const head of $("#heads").children) head.setAttribute("aria-sort", head.dataset.key !== sort.replace("-", "") ? "none" : sort[0] === "-" ? "descending" : "ascending");
  if (!inner) { inner = el("div", { role: "presentation" }); $("#rows").append(inner); filter = null; }
  if (filter !== now) { order = choose(index, query); filter = now; $("#rows").scrollTop = 0; }
  $("#count").textContent = order.length === index.length ? plural(index.length, "article") : `${count(order.length)} of ${plural(index.length, "article")}`;
  $("#reset").hidden = !now;
  $("#nothing").hidden = order.length > 0;
  $("#table").hidden = !order.length;
  $("#table").setAttribute("aria-rowcount", order.length + 1);
  draw();
  $(".head").style.paddingRight = `${$("#rows").offsetWidth - $("#rows").clientWidth}px`; // as wide as the bar for scrolling
}
function draw() {
  const index = loaded.index, box = $("#rows"), height = matchMedia("(max-width: 62rem)").matches ? 86 : 54;
  if (!index || !inner) return;
  inner.style.height = `${order.length * height}px`;
  const from = Math.max(0, Math.floor(box.scrollTop / height) - 6), to = Math.min(order.length, from + Math.ceil(box.clientHeight / height) + 12);
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.at : undefined;
  inner.replaceChildren(...order.slice(from, to).map((number, at) => drawn(index[number], number, from + at, height)));
  if (focused !== undefined) inner.querySelector(`a[data-at="${focused}"]`)?.focus({ preventScroll: true });
}
function drawn(row, number, at, height) {
  const cell = (kind, ...children) => el("div", { role: "cell", class: kind }, ...children);
  const verdict = META.verdicts[row[VERDICT]] || "", part = share(row), bar = svg("svg", { "aria-hidden": "true" });
  bar.append(svg("rect", { width: `${100 * part}%`, height: "100%", class: "safe" }));
  const line = el("div", { role: "row", "aria-rowindex": at + 2 },
    cell("cut", el("a", { href: `#/a/${number}`, class: "cut", "data-at": at }, visible(row[TITLE] || "(empty)")), el("span", { class: "path cut", title: row[PATH] }, visible(row[PATH]))),
    cell("source cut", visible(META.sources[row[SOURCE]])),
    cell("chip-cell", verdict ? el("span", { class: `chip ${verdict}` }, verdict) : ""),
    cell("words number", count(row[WORDS])),
    cell("share", bar, el("span", {}, part ? `${part < .01 ? "<1" : Math.round(100 * part)} %` : "–")),
    cell(`found number${row[FOUND] === 1 ? " one" : ""}`, row[FOUND] ? count(row[FOUND]) : "–"),
    cell("spun number", row[SPUN] ? row[SPUN].toFixed(2) : "–"));
  line.style.top = `${at * height}px`;
  return line;
}
const step = (by) => {
  const active = document.activeElement, at = active && active.dataset && active.dataset.at !== undefined ? +active.dataset.at + by : Math.floor($("#rows").scrollTop / 54);
  if (at < 0 || at >= order.length) return;
  const height = matchMedia("(max-width: 62rem)").matches ? 86 : 54, box = $("#rows");
  if (at * height < box.scrollTop) box.scrollTop = at * height;
  if ((at + 1) * height > box.scrollTop + box.clientHeight) box.scrollTop = (at + 1) * height - box.clientHeight;
  draw();
  inner.querySelector(`a[data-at="${at}"]`)?.focus({ preventScroll: true });
};

// ---- an article
const START = 0, END = 1, RULE = 2, SURE = 3, MESSAGE = 4, LEVEL = 5, FIX = 6, TRY = 7, ALIKE = 8, LINE = 9;
const strength = (sure) => sure >= 97 ? "w3" : sure >= 90 ? "w2" : "w1";
const FIXES = ["No fix.", "Its fix is unsafe, and was not made.", "Its fix is safe, and is made by clean."];

async function article(number, query) {
  const index = await load("index"), row = index[number], page = $("#article");
  if (!row) throw new Error(`There is no article ${number + 1} in this report.`);
  const chunk = await load(`c${String(Math.floor(number / META.chunk)).padStart(5, "0")}`), late = await load("late");
  const entry = chunk[number % META.chunk], found = [...entry.found, ...(late[number] || [])].sort((a, b) => a[START] - b[START]);
  if (number !== +location.hash.split(/[/?]/)[2]) return;
  document.title = `${row[TITLE]} – lintnews report`;
  const withheld = entry.text === null, sides = el("div", { class: "sides original" }), rows = withheld ? [] : aligned(entry, found);
  sides.append(el("div", { class: "side caption" }, el("div", {}, `Original, ${plural(row[CHARS], "character")}`), el("div", {}, `Cleaned, ${plural(row[CHARS] - row[GONE], "character")}`)), ...rows.map((one) => one.node));
  page.replaceChildren(crumbs(number, row), el("h2", { id: "h-article", dir: "auto" }, visible(row[TITLE] || "(empty)")), about(row, entry), ...(withheld ? [el("p", { class: "notes" }, "Its text is withheld.")] : [views(sides), sides]), list(found, rows, index));
  page.rows = rows;
  if (query.has("at")) show(rows, +query.get("at")); else scrollTo(0, 0);
}
function crumbs(number, row) {
  const known = order.length ? order : null, at = known ? known.indexOf(number) : number, last = known ? known.length : loaded.index.length;
  const to = (where) => known ? known[where] : where;
  return el("p", { class: "crumbs" }, el("a", { href: `#/articles${filter ? `?${filter}` : ""}` }, "← Articles"),
    at > 0 ? el("a", { href: `#/a/${to(at - 1)}`, id: "previous" }, "Previous") : null,
    at >= 0 && at + 1 < last ? el("a", { href: `#/a/${to(at + 1)}`, id: "next" }, "Next") : null,
    el("span", { class: "path" }, visible(row[PATH])));
}
function about(row, entry) {
  const verdict = META.verdicts[row[VERDICT]], told = (value, noun) => el("span", {}, el("b", {}, count(value)), ` ${noun}${value === 1 ? "" : "s"}`);
  return el("div", { class: "about" }, verdict ? el("span", { class: `chip ${verdict}` }, el("b", {}, verdict)) : null, told(row[FOUND], "finding"), told(row[EDITS], "edit"),
    el("span", {}, el("b", {}, `${(100 * share(row)).toFixed(share(row) ? 1 : 0)} %`), " of the text goes"),
    ...entry.figures.map(([name, value]) => el("span", {}, el("b", {}, value), ` ${name}`)),
    entry.reasons.length ? el("span", { class: "reasons" }, visible(entry.reasons.join(" · "))) : null);
}
function views(sides) {
  const buttons = ["Original", "Cleaned"].map((name) => el("button", { type: "button", "aria-pressed": String(name === "Original"), onclick: () => {
    sides.className = `sides ${name.toLowerCase()}`;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === name)));
  } }, name));
  return el("div", { class: "views", role: "group", "aria-label": "Which text" }, ...buttons);
}

// Lines of the original, each beside what is left of it. What goes together is one row.
function aligned(entry, found) {
  const chars = Array.from(entry.text), edits = entry.edits, text = (from, to) => chars.slice(from, to).join("");
  const whole = (one) => one[START] <= 2 && one[END] >= chars.length - 2 && chars.length > 400;
  const open = found.filter((one) => one[FIX] !== 2 && !whole(one) && !edits.some(([from, to, put]) => !put && from <= one[START] && to >= one[END]));
  const rows = [];
  let at = 0, after = true, next = 0;
  while (at < chars.length) {
    let end = chars.indexOf("\n", at);
    if (end < 0) end = chars.length;
    while (next < edits.length && edits[next][END] <= at && edits[next][START] < at) next++;
    const removal = edits.slice(next).find(([from, to]) => from < end && to > at);
    if (removal && removal[START] <= at && removal[END] > end) { // the whole of several lines
      const stop = removal[END] >= chars.length ? chars.length : chars.lastIndexOf("\n", removal[END]) >= end ? Math.max(end, lastBreak(chars, removal[END])) : end;
      end = Math.max(end, stop);
    }
    const line = text(at, end);
    if (!line.trim() && !edits.some(([from, to, put]) => put && from >= at && from <= end)) { after = true; at = end + 1; continue; }
    rows.push(drawRow(at, end, edits, open, text, after));
    after = /\n\s*$/.test(line);
    at = end + 1;
  }
  return rows;
}
const lastBreak = (chars, to) => { let at = to; while (at > 0 && /\s/.test(chars[at - 1])) at--; return at; };

function drawRow(from, to, edits, open, text, start) {
  const left = el("p", { dir: "auto" }), right = el("p", { dir: "auto" }), inside = edits.filter(([a, b]) => a <= to && b >= from && !(b === from && a < from)), tags = [], reasons = [], gaps = [];
  const lines = open.filter((one) => one[START] <= from && one[END] >= to && one[END] > one[START]);
  const words = open.filter((one) => !lines.includes(one) && one[START] < to && one[END] > from).sort((a, b) => a[START] - b[START] || a[END] - b[END]);
  let at = from, kept = "";
  const keep = (until) => {
    for (const word of words) {
      if (word[START] < at || word[END] > until) continue;
      plain(text(at, word[START]));
      const said = text(word[START], word[END]);
      left.append(el("mark", {}, visible(said)), tag(word, reasons, word[TRY][0]));
      right.append(visible(said)); kept += said;
      at = word[END];
    }
    plain(text(at, until)); at = until;
  };
  const plain = (piece) => { if (piece) { left.append(visible(piece)); right.append(visible(piece)); kept += piece; } };
  for (const edit of inside) {
    const [a, b, put, rule, sure, why] = edit, first = Math.max(a, from), last = Math.min(b, to);
    if (first > at) keep(first);
    const piece = text(first, last);
    const one = [a, b, rule, sure, why, "", 2, [], []];
    if (piece.trim()) { left.append(el("del", { class: strength(sure) }, visible(piece)), a >= from ? tag(one, reasons) : ""); gaps.push(short(rule)); }
    if (put.trim() && a >= from) { right.append(el("ins", {}, visible(put))); kept += put; } else if (put && a >= from) { right.append(put); kept += put; }
    at = Math.max(at, last);
  }
  if (at < to) keep(to);
  const isGone = !kept.trim();
  if (isGone && gaps.length) { left.className = `gone ${left.querySelector("del")?.className || ""}${text(from, to).split("\n").length > 10 || to - from > 900 ? " long" : ""}`; right.replaceChildren(); }
  else if (lines.length) left.className = "told";
  for (const one of lines) if (one[START] >= from - 1) left.append(tag(one, reasons));
  const gone = isGone ? el("div", { class: "slot" }, gaps.length ? `removed: ${[...new Set(gaps)].join(", ")}` : "") : right;
  const node = el("div", { class: `side${start ? " start" : ""}${isGone ? " empty" : ""}`, role: "group" }, el("div", { class: "text" }, left, ...reasons), el("div", { class: "text" }, gone));
  return { from, to, node };
}
let tips = 0;
function tag(one, reasons, instead) {
  const why = el("p", { class: "why", id: `why-${++tips}`, hidden: "" }, el("b", {}, one[RULE]), ` ${one[SURE]} % sure. `, visible(one[MESSAGE]), " ", whyOf(one[RULE]), " ", FIXES[one[FIX]]);
  reasons.push(why);
  const button = el("button", { type: "button", class: `tag${one[FIX] === 2 ? "" : " told"}`, "aria-expanded": "false", "aria-controls": why.id, "data-from": one[START],
    onclick: () => { why.hidden = !why.hidden; button.setAttribute("aria-expanded", String(!why.hidden)); $("#tip").hidden = true; } }, instead === undefined ? `${short(one[RULE])} ${one[SURE]} %` : "→ ");
  if (instead !== undefined) button.append(visible(instead || "nothing"));
  const tell = () => why.hidden && tip(button, one);
  button.addEventListener("focus", tell); button.addEventListener("mouseenter", tell);
  for (const gone of ["blur", "mouseleave"]) button.addEventListener(gone, () => { $("#tip").hidden = true; });
  return button;
}
function tip(at, one) {
  const box = $("#tip"), around = at.getBoundingClientRect();
  box.replaceChildren(el("b", {}, `${one[RULE]}, ${one[SURE]} % sure`), visible(one[MESSAGE]), el("span", {}, whyOf(one[RULE])), el("span", {}, FIXES[one[FIX]]));
  box.hidden = false;
  const high = box.offsetHeight, wide = box.offsetWidth;
  box.style.left = `${Math.max(8, Math.min(around.left, innerWidth - wide - 8))}px`;
  box.style.top = `${around.bottom + high + 12 < innerHeight ? around.bottom + 6 : Math.max(8, around.top - high - 6)}px`;
}
function list(found, rows, index) {
  if (!found.length) return el("p", { class: "list" }, "Nothing was found in it.");
  const numbers = new Map(index.map((row, at) => [row[PATH], at]));
  const here = (offset, words) => el("a", { href: "#", onclick: (event) => { event.preventDefault(); show(rows, offset, true); } }, words);
  const partner = ([path, offset, line]) => !path ? here(offset, `line ${line}`) : numbers.has(path) ? el("a", { href: `#/a/${numbers.get(path)}?at=${offset}` }, visible(`${path}, line ${line}`)) : el("span", {}, visible(`${path}, line ${line}`));
  return el("section", { class: "list", "aria-labelledby": "h-list" }, el("h3", { id: "h-list" }, plural(found.length, "finding")), el("ol", {}, ...found.map((one) =>
    el("li", {}, here(one[START], visible(short(one[RULE]))),
      el("span", {}, visible(one[MESSAGE]), one[TRY].length ? el("small", {}, " Try: ", visible(one[TRY].join(", "))) : null, one[ALIKE].length ? el("small", {}, " See also ", ...one[ALIKE].slice(0, 5).flatMap((other, at) => [at ? ", " : "", partner(other)])) : null),
      el("small", {}, `line ${one[LINE]} · ${one[SURE]} %${one[FIX] === 2 ? " · removed" : ""}`)))));
}
function show(rows, offset, focus) {
  const row = rows.find((one) => one.to >= offset) || rows[rows.length - 1];
  if (!row) return;
  document.querySelectorAll(".here").forEach((node) => node.classList.remove("here"));
  row.node.classList.add("here");
  row.node.scrollIntoView({ block: "center" });
  if (focus) (row.node.querySelector(".tag") || $("#main")).focus({ preventScroll: true });
}
const walk = (by) => {
  const tags = [...document.querySelectorAll("#article .sides .tag")], at = tags.indexOf(document.activeElement), next = tags[at < 0 ? (by > 0 ? 0 : tags.length - 1) : at + by];
  if (next) { next.scrollIntoView({ block: "center" }); next.focus({ preventScroll: true }); }
};

// ---- what is shown
async function route() {
  const { path, query } = place(), view = path[0] === "a" ? "article" : path[0] === "articles" ? "articles" : "overview";
  for (const name of ["overview", "articles", "article"]) $(`#${name}`).hidden = name !== view;
  for (const link of document.querySelectorAll("nav a")) {
    if ((link.hash === "#/") === (view === "overview")) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  $("#tip").hidden = true;
  document.title = "lintnews report";
  document.querySelectorAll(".error").forEach((node) => node.remove());
  try {
    if (view === "articles") await articles();
    if (view === "article") await article(+path[1], query);
    if (view === "overview") scrollTo(0, 0);
  } catch (error) {
    $(`#${view}`).prepend(el("p", { class: "error", role: "alert" }, error.message));
  }
}
const KEYS = {
  "/": () => { if ($("#articles").hidden) location.hash = `#/articles${filter ? `?${filter}` : ""}`; setTimeout(() => $("#q").focus(), 50); },
  j: () => $("#article").hidden ? step(1) : walk(1), k: () => $("#article").hidden ? step(-1) : walk(-1),
  n: () => $("#next")?.click(), p: () => $("#previous")?.click(),
  o: () => { location.hash = "#/"; }, a: () => { location.hash = "#/articles"; },
  "?": () => $("#help").showModal(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("#help").open || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const inTable = !$("#articles").hidden && $("#table").contains(event.target);
  const act = inTable && event.key === "ArrowDown" ? KEYS.j : inTable && event.key === "ArrowUp" ? KEYS.k : !event.shiftKey || event.key === "?" || event.key === "/" ? KEYS[event.key] : undefined;
  if (act) { event.preventDefault(); act(); }
});
$("#skip").addEventListener("click", (event) => { event.preventDefault(); $("#main").focus(); });
$("#keys").addEventListener("click", () => $("#help").showModal());
addEventListener("hashchange", () => { const typing = document.activeElement?.closest(".tools, #heads"); route(); if (!typing) $("#main").focus({ preventScroll: true }); });
setUp();
route();
