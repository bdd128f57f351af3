// The way from one entity to another: fewest steps, and of equal ways the one that more documents tell of.
claimgraph.path = (function () {
  "use strict";
  const { data, look, claims } = claimgraph;
  const { el, count } = claimgraph.dom;
  const MOST = 3; // ways that are shown
  const EACH = 3; // facts of a step that are quoted

  const connects = (fact) => fact.isVisible && fact.object !== undefined && !fact.premises && fact.status !== "denied";

  // Breadth first; "avoid" are entities that earlier ways lead through.
  function shortest(from, to, avoid) {
    const steps = new Int32Array(data.entities.length).fill(-1);
    const told = new Float64Array(data.entities.length);
    const before = new Int32Array(data.entities.length).fill(-1);
    const queue = [from];
    steps[from] = 0;
    for (let n = 0; n < queue.length && (steps[to] < 0 || steps[queue[n]] < steps[to]); n += 1) {
      const here = queue[n];
      data.factsOf(here).forEach((fact) => {
        if (!connects(fact)) return;
        const next = data.other(fact, here);
        if (avoid.size && avoid.has(next)) return;
        if (steps[next] < 0) { steps[next] = steps[here] + 1; queue.push(next); }
        const support = told[here] + (fact.shown.length > 1 ? data.documentsOf(fact.shown).size : 1);
        if (steps[next] === steps[here] + 1 && support > told[next]) { told[next] = support; before[next] = here; }
        if (steps[next] === steps[here] + 1 && before[next] < 0) before[next] = here;
      });
    }
    if (steps[to] < 0) return null;
    const way = [to];
    while (way[0] !== from) way.unshift(before[way[0]]);
    return way;
  }

  const between = (a, b) => data.factsOf(a).filter((fact) => connects(fact) && data.other(fact, a) === b)
    .sort((one, two) => data.statuses.indexOf(one.status) - data.statuses.indexOf(two.status) || two.shown.length - one.shown.length || one.id - two.id);

  // Up to three ways that share no entity between their ends; the first is the best.
  function ways(from, to) {
    const found = [];
    const avoid = new Set();
    while (from !== to && found.length < MOST) {
      const way = shortest(from, to, avoid);
      if (!way || (found.length && way.length === 2)) break;
      found.push(way);
      way.slice(1, -1).forEach((id) => avoid.add(id));
      if (way.length === 2) break;
    }
    return found;
  }

  // What lies on a way: for the map.
  function near({ id, to }) {
    const found = ways(id, to).slice(0, 1);
    const facts = found.flatMap((way) => way.slice(1).flatMap((next, n) => between(way[n], next)));
    return { nodes: new Set([id, to, ...found.flat()]), edges: new Set(facts.map((fact) => fact.id)) };
  }

  const entity = (id, go) => el("button.entity", { type: "button", onclick: () => go({ kind: "e", id }) }, look.typeGlyph(data.types[data.entities[id].type].look), el("span", { dir: "auto" }, data.entities[id].name));

  function card({ id, to }, go) {
    const found = ways(id, to);
    const turn = el("button.act", { type: "button", onclick: () => go({ kind: "p", id: to, to: id }) }, "Other way round");
    const heading = el("h2.triple", {}, entity(id, go), el("span.predicate", {}, "to"), entity(to, go));
    if (!found.length) return [heading, el("p.hint", {}, id === to ? "Both ends are the same." : "No chain of facts leads from one to the other. Denied facts do not connect, and the filters may hide others.")];
    return [heading, el("p.about", {}, count(found[0].length - 1, "step") + ". Each is a sentence that someone wrote; whether the chain means something is yours to judge."), el("p.acts", {}, turn),
      ...found.map((way, n) => el("section.way", {}, n ? el("h3", {}, "Another way, " + count(way.length - 1, "step")) : "", way.slice(1).map((next, k) => step(way[k], next, go))))];
  }

  function step(here, next, go) {
    const facts = between(here, next);
    return el("div.step", {}, el("p.stop", {}, entity(here, go), el("span.note", {}, "to"), entity(next, go)),
      facts.slice(0, EACH).map((fact) => claims.show(fact.shown[0], go, { head: el("p.claim-head", {},
        el("button.triple-link", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) }, claimgraph.reading.sentence(fact)), claims.chip(fact.status)) })),
      facts.length > EACH ? el("p.hint", {}, "and " + count(facts.length - EACH, "more fact") + " between the two") : "");
  }

  return { near, card, ways };
})();
