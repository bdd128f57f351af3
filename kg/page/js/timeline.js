// Time: how many claims tell about when, and a brush of two handles to choose from them.
claimgraph.timeline = (function () {
  "use strict";
  const { data, state } = claimgraph;
  const { el, svg, count } = claimgraph.dom;
  const STEPS = [1, 3, 6, 12, 24, 60, 120, 600, 1200]; // months in a bar
  const MOST = 48; // bars
  const HIGH = 44;

  // "2014" and "2014-06-30" as months since the year 0: the first month that is meant, or the last.
  function month(date, isLast) {
    const part = date.length > 4 ? Number(date.slice(5, 7)) : isLast ? 12 : 1;
    return Number(date.slice(0, 4)) * 12 + part - 1;
  }
  const text = (number) => String(Math.floor(number / 12)).padStart(4, "0") + "-" + String((number % 12) + 1).padStart(2, "0");
  const spoken = (number) => new Date(Date.UTC(2000, number % 12)).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" }) + " " + Math.floor(number / 12);

  const spans = new Map(); // by what is written: most claims have the date of their document
  function span(from, to) {
    const [first, last] = [month(from, false), month(to, true)];
    return [Math.min(first, last), Math.max(first, last)];
  }
  const published = data.documents.map(({ date }) => (/^\d{4}(-\d\d){0,2}/.exec(date || "") || [])[0]);
  data.claims.forEach((claim) => {
    const [first = published[claim.document], last] = [claim.first, claim.last];
    if (first === undefined) return;
    const key = last === undefined ? first : first + "/" + last;
    if (!spans.has(key)) spans.set(key, span(first, last || first));
    claim.months = spans.get(key);
  });
  const dated = data.claims.filter((claim) => claim.months);
  const low = dated.reduce((least, claim) => Math.min(least, claim.months[0]), Infinity);
  const high = dated.reduce((most, claim) => Math.max(most, claim.months[0]), -Infinity);
  const step = STEPS.find((size) => (high - low) / size < MOST) || STEPS[STEPS.length - 1];
  const begin = Math.floor(low / step) * step;
  const bars = dated.length ? Math.floor((high - begin) / step) + 1 : 0;
  let parts = null;

  // Whether a claim tells about the chosen time; what is undated is seen only while none is chosen.
  function test(now) {
    if (!now.from && !now.to) return () => true;
    const [from, to] = [now.from ? month(now.from) : -Infinity, now.to ? month(now.to) : Infinity];
    return (claim) => Boolean(claim.months) && claim.months[0] <= to && claim.months[1] >= from;
  }

  function panel() {
    if (bars < 2) return "";
    const most = new Array(bars).fill(0);
    dated.forEach((claim) => { most[Math.floor((claim.months[0] - begin) / step)] += 1; });
    const picture = svg("svg", { viewBox: "0 0 " + bars * 4 + " " + HIGH, preserveAspectRatio: "none", class: "bars", "aria-hidden": "true" });
    const top = Math.sqrt(Math.max(...most));
    const rects = most.map((number, n) => svg("rect", { x: n * 4 + 0.4, width: 3.2, y: HIGH - (Math.sqrt(number) / top) * HIGH, height: (Math.sqrt(number) / top) * HIGH }));
    picture.append(...rects);
    const handle = (label, value) => el("input", { type: "range", "aria-label": label, min: "0", max: String(bars), step: "1", value });
    parts = { rects, from: handle("From", "0"), to: handle("To", String(bars)), label: el("span.all", {}, ""), note: el("p.key", {}, "") };
    [parts.from, parts.to].forEach((input) => {
      input.addEventListener("input", () => { keepApart(input); paint(chosen()); });
      input.addEventListener("change", () => state.change(chosen(), { still: true }));
    });
    return el("section", { role: "group", "aria-labelledby": "group-time" },
      el("div.group-head", {}, el("h2", { id: "group-time" }, "Time"), parts.label),
      el("div.brush", {}, picture, parts.from, parts.to), parts.note);
  }

  function keepApart(moved) {
    if (Number(parts.from.value) < Number(parts.to.value)) return;
    if (moved === parts.from) parts.from.value = Number(parts.to.value) - 1; else parts.to.value = Number(parts.from.value) + 1;
  }

  function chosen() {
    const [from, to] = [Number(parts.from.value), Number(parts.to.value)];
    return { from: from > 0 ? text(begin + from * step) : "", to: to < bars ? text(begin + to * step - 1) : "" };
  }

  function paint(now) {
    const [from, to] = [now.from ? month(now.from) : begin, now.to ? month(now.to) : begin + bars * step - 1];
    parts.rects.forEach((rect, n) => rect.setAttribute("class", begin + n * step >= from && begin + n * step <= to ? "in" : "out"));
    const [first, last] = [spoken(from), spoken(to)];
    parts.label.textContent = step % 12 ? first + " – " + last : Math.floor(from / 12) + " – " + Math.floor(to / 12);
    [parts.from, parts.to].forEach((input, n) => input.setAttribute("aria-valuetext", n ? last : first));
    const undated = data.claims.length - dated.length;
    parts.note.textContent = undated && (now.from || now.to) ? count(undated, "claim has", "claims have") + " no date and are left out." : "";
  }

  function refresh(now) {
    if (!parts) return;
    parts.from.value = now.from ? Math.round((month(now.from) - begin) / step) : 0;
    parts.to.value = now.to ? Math.round((month(now.to) + 1 - begin) / step) : bars;
    paint(now);
  }

  return { test, panel, refresh };
})();
