// One claim as a person checks it: the quote with its trigger, who says so, when, how much, and where it stands.
claimgraph.claims = (function () {
  "use strict";
  const { data, look, lights } = claimgraph;
  const { el, day } = claimgraph.dom;

  function number(text) {
    const value = Number(text);
    if (!Number.isFinite(value)) return text;
    const steps = [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]];
    const step = steps.find(([size]) => Math.abs(value) >= size) || [1, ""];
    return (value / step[0]).toLocaleString("en", { maximumFractionDigits: 3 }) + step[1];
  }

  const money = (amount, currency) => number(amount) + (currency ? " " + currency : "");

  // The object of a fact that is no entity, as it was written and as it was understood.
  function valueText(value) {
    const canonical = value.currency || /decimal|integer/.test(value.datatype) ? money(value.value, value.currency) : value.value;
    return value.text && value.text !== canonical ? value.text + " (" + canonical + ")" : canonical;
  }

  function chip(status) {
    return el("span.chip.chip-" + status, { title: look.MEANINGS[status] }, look.statusGlyph(status), status);
  }

  function quote(claim) {
    const text = data.quoteOf(claim);
    if (!claim.trigger) return el("blockquote", { dir: "auto" }, text);
    const [start, end] = claim.trigger;
    return el("blockquote", { dir: "auto" }, text.slice(0, start), el("mark", {}, text.slice(start, end)), text.slice(end));
  }

  function time(claim) {
    const known = claim.time || [claim.since || "", claim.until || ""].filter(Boolean).join(" to ");
    if (claim.time_text && known && !claim.time_text.includes(known)) return claim.time_text + " (" + known + ")";
    return claim.time_text || known;
  }

  function amount(claim) {
    const parts = [claim.amount ? money(claim.amount, claim.currency) : "", claim.percent ? claim.percent + " %" : ""];
    return parts.filter(Boolean).join(", ");
  }

  function speaker(claim, go) {
    const isKnown = claim.speaker !== undefined;
    const name = isKnown ? data.entities[claim.speaker].name : claim.speaker_text;
    if (!name) return "";
    const shown = !isKnown ? name : el("button.link", { type: "button", onclick: () => go({ kind: "e", id: claim.speaker }) }, name);
    return [shown, claim.speaker_text && claim.speaker_text !== name ? " (“" + claim.speaker_text + "”)" : ""];
  }

  function details(claim, go) {
    const rows = [["Said by", speaker(claim, go)], ["When", time(claim)], ["How much", amount(claim)], ["Score", claim.score === undefined ? "" : String(claim.score)]];
    const shown = rows.filter(([, value]) => value.length);
    if (!shown.length) return "";
    return el("dl", {}, shown.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]).flat());
  }

  function source(claim, go) {
    const from = data.documents[claim.document];
    return el("p.source", {},
      el("button.link", { type: "button", title: "Read it in its text", onclick: () => go({ kind: "d", id: from.id, at: claim.start }) }, from.title),
      from.date ? el("span", {}, day(from.date)) : "", el("span", {}, "characters " + claim.start + "–" + claim.end));
  }

  // head: what stands above the quote, at first its status.
  function show(claim, go, { head = el("p.claim-head", {}, chip(claim.status)) } = {}) {
    return lights.bind(el("div.claim.claim-" + claim.status, {}, head, quote(claim), details(claim, go), source(claim, go)), claim.fact);
  }

  return { show, quote, source, chip, valueText };
})();
