// A document's own text, with what was read in it: sentences of claims, their triggers by status, and names.
claimgraph.reading = (function () {
  "use strict";
  const { data, lights, claims } = claimgraph;
  const { el, press, count, day } = claimgraph.dom;

  const sentence = (fact) => [data.entities[fact.subject].name, data.predicates[fact.predicate].label,
    fact.object === undefined ? claims.valueText(fact.value) : data.entities[fact.object].name].join(" ");

  // Ranges in order and apart: one that overlaps the one before begins after it.
  function apart(ranges) {
    let reached = 0;
    return ranges.sort((a, b) => a.begin - b.begin || b.end - a.end).map((range) => {
      const begin = Math.max(range.begin, reached);
      reached = Math.max(reached, range.end);
      return Object.assign(range, { begin });
    }).filter((range) => range.begin < range.end);
  }

  // Ranges of the same place as one, with all their claims.
  function merged(ranges) {
    const places = new Map();
    ranges.forEach(({ begin, end, told }) => {
      const key = begin + "-" + end;
      if (!places.has(key)) places.set(key, { begin, end, told: [] });
      places.get(key).told.push(told);
    });
    return apart(Array.from(places.values()));
  }

  // The text from begin to end, what lies in a range of the first level wrapped by it, and so on inward.
  function wrapped(text, begin, end, levels) {
    if (!levels.length) return [text.slice(begin, end)];
    const [{ ranges, wrap, isLast }, ...inner] = levels;
    const parts = [];
    let at = begin;
    ranges.filter((range) => range.end > begin && range.begin < end).forEach((range) => {
      const [from, to] = [Math.max(range.begin, begin), Math.min(range.end, end)];
      parts.push(...wrapped(text, at, from, inner), wrap(range, wrapped(text, from, to, isLast ? [] : inner)));
      at = to;
    });
    return parts.concat(wrapped(text, at, end, inner));
  }

  // Where the entities of these claims are named.
  function names(text, told) {
    const named = new Map();
    const ids = new Set(told.flatMap(({ fact, claim }) => data.ends(fact).concat(claim.speaker === undefined ? [] : [claim.speaker])));
    Array.from(ids).sort((a, b) => a - b).forEach((id) => [data.entities[id].name, ...data.entities[id].aliases || []].forEach((name) => {
      if (name.length > 1 && !named.has(name)) named.set(name, id);
    }));
    if (!named.size) return [];
    const escaped = Array.from(named.keys()).sort((a, b) => b.length - a.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"));
    const pattern = new RegExp("(?<![\\p{L}\\p{N}])(?:" + escaped.join("|") + ")(?![\\p{L}\\p{N}])", "gu");
    return Array.from(text.matchAll(pattern), (match) => ({ begin: match.index, end: match.index + match[0].length, id: named.get(match[0].replace(/\s+/g, " ")) }))
      .filter((range) => range.id !== undefined);
  }

  function paragraphs(text) {
    const border = /\n\s*\n/.test(text) ? /\n\s*\n/g : /\n/g;
    const cuts = Array.from(text.matchAll(border), (match) => [match.index, match.index + match[0].length]);
    const starts = [0, ...cuts.map(([, after]) => after)];
    return starts.map((begin, n) => ({ begin, end: n < cuts.length ? cuts[n][0] : text.length })).filter(({ begin, end }) => text.slice(begin, end).trim());
  }

  function levels(source, text, told, go) {
    const place = ({ claim }) => data.unitAt(source, claim.start);
    const sentences = merged(told.map((one) => ({ begin: place(one), end: data.unitAt(source, one.claim.end), told: one })));
    const triggers = merged(told.filter(({ claim }) => claim.trigger).map((one) => ({ begin: place(one) + one.claim.trigger[0], end: place(one) + one.claim.trigger[1], told: one })));
    return [
      { ranges: sentences, wrap: (range, parts) => wrapSentence(range, parts) },
      { ranges: triggers, wrap: (range, parts) => wrapTrigger(range, parts, go), isLast: true },
      { ranges: apart(names(text, told)), wrap: ({ id }, parts) => press("span.name.ink-" + data.types[data.entities[id].type].look, { title: data.types[data.entities[id].type].label }, () => go({ kind: "e", id }), parts) },
    ];
  }

  function wrapSentence({ told }, parts) {
    const node = el("span.sentence", {}, parts);
    const facts = Array.from(new Set(told.map(({ fact }) => fact.id)));
    if (facts.length === 1) lights.bind(node, facts[0]);
    told.forEach(({ claim }) => { if (claim.start === read.at) read.here = read.here || node; });
    return node;
  }

  function wrapTrigger({ told }, parts, go) {
    const says = told.map(({ fact, claim }) => sentence(fact) + " (" + claim.status + ")").join("; ");
    const node = press("mark.said-" + told[0].claim.status, { title: says }, () => go({ kind: "f", id: told[0].fact.id }), parts);
    told.forEach(({ fact }) => lights.bind(node, fact.id));
    return node;
  }

  const read = { at: undefined, here: null }; // the sentence to open the text at

  function show({ id, at }, go, isVisible) {
    const source = data.documents[id];
    const text = data.textOf(id);
    const told = data.claimsOf(id).filter(({ fact, claim }) => isVisible(fact) && fact.shown.includes(claim));
    Object.assign(read, { at, here: null });
    const hidden = data.claimsOf(id).length - told.length;
    const body = text ? paragraphs(text).map(({ begin, end }) => el("p", {}, wrapped(text, begin, end, levels(source, text, told, go)))) : sentencesOnly(told, go);
    return [
      el("h2", { dir: "auto" }, source.title),
      el("p.about", {}, [source.author, source.date && day(source.date), source.source, source.url !== source.source && source.url, source.words ? count(source.words, "word") : "", count(data.claimsOf(id).length, "claim")].filter(Boolean).join(" · ")),
      source.copy === undefined ? "" : el("p.hint", {}, "It repeats “" + data.documents[source.copy].title + "”, and both count as one source."),
      hidden ? el("p.hint", {}, count(hidden, "claim is", "claims are") + " hidden by the filters.") : "",
      text ? "" : el("p.hint", {}, "The text is not on this page; these are its sentences that claims quote."),
      el("div.text", { dir: "auto" }, body),
    ].filter(Boolean);
  }

  const sentencesOnly = (told, go) => told.map((one) => claims.show(one.claim, go, { head: el("p.claim-head", {}, sentence(one.fact), claims.chip(one.claim.status)) }));

  function scroll() {
    if (!read.here) return;
    read.here.classList.add("here");
    read.here.scrollIntoView({ block: "center" });
  }

  return { show, scroll, sentence };
})();
