// The panel on the right: an overview, or the card of an entity, of a fact or of a document.
claimgraph.card = (function () {
  "use strict";
  const { data, look, claims } = claimgraph;
  const { el, count, day } = claimgraph.dom;
  const panel = document.getElementById("card");
  const FIRST = 60; // facts shown before "show all"

  const nameOf = (id) => data.entities[id].name;
  const relation = (fact) => data.predicates[fact.predicate].label;
  const objectText = (fact) => (fact.object === undefined ? claims.valueText(fact.value) : nameOf(fact.object));
  const glyphOf = (id) => look.typeGlyph(data.types[data.entities[id].type].look);

  function show(selection, go, isVisible) {
    const make = { e: entityCard, f: factCard, d: documentCard };
    panel.replaceChildren(...(selection ? [back(go), ...make[selection.kind](selection.id, go, isVisible)] : overview(go)));
    panel.scrollTop = 0;
  }

  const back = (go) => el("button.close", { type: "button", "aria-label": "Close the card", title: "Close (Esc)", onclick: () => go(null) }, "×");

  function entityLink(id, go) {
    return el("button.entity", { type: "button", onclick: () => go({ kind: "e", id }) }, glyphOf(id), el("span", { dir: "auto" }, nameOf(id)));
  }

  function factLine(fact, go, note) {
    return el("li", {}, el("button.row", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) },
      look.statusGlyph(fact.status),
      el("span.words", {}, el("b", {}, nameOf(fact.subject)), " " + relation(fact) + " ", el("b", {}, objectText(fact))),
      el("span.note", {}, note)));
  }

  function overview(go) {
    const c = data.counts;
    const period = c.from ? ", " + day(c.from) + (c.from === c.to ? "" : " to " + day(c.to)) : "";
    return [
      el("h2", {}, "What the texts say"),
      el("p.counts", {}, count(c.documents, "document") + " with " + count(c.words, "word") + period + "."),
      el("p.counts", {}, count(c.entities, "entity", "entities") + " and " + count(c.facts, "fact") + " from " + count(c.claims, "claim") + "."),
      c.facts ? el("p.hint", {}, "Click a name to see all that is said about it, or a line to read the sentences behind it.") : "",
      c.drawn < c.told ? el("p.hint", {}, "The map shows the " + count(c.drawn, "most important entity", "most important entities") + "; search finds all of them.") : "",
      ...section("Most told about", data.entities.slice(0, 8).map((entity) => el("li", {}, el("button.row", { type: "button", onclick: () => go({ kind: "e", id: entity.id }) },
        glyphOf(entity.id), el("span.words", { dir: "auto" }, entity.name), el("span.note", {}, count(entity.facts, "fact")))))),
      ...section("Said by most", corroborated().map((fact) => factLine(fact, go, supportNote(fact)))),
      ...section("In dispute or over", data.facts.filter(data.isDisputed).slice(0, 6).map((fact) => factLine(fact, go, fact.statuses.join(", ")))),
      ...section("Documents", data.documents.map((source) => el("li", {}, el("button.row", { type: "button", onclick: () => go({ kind: "d", id: source.id }) },
        el("span.words", { dir: "auto" }, source.title), el("span.note", {}, source.date ? day(source.date) : count(data.claimsOf[source.id].length, "claim")))))),
    ].filter(Boolean);
  }

  function section(title, items) {
    return items.length ? [el("h3", {}, title), el("ul.rows", {}, items)] : [];
  }

  function supportNote(fact) {
    const documents = data.documentsOf(fact).size;
    return (fact.status === "asserted" ? "" : fact.status + ", ")
      + (documents > 1 ? count(documents, "document") : count(fact.claims.length, "claim"));
  }

  function corroborated() {
    return data.facts.filter((fact) => fact.claims.length > 1).sort((a, b) => data.documentsOf(b).size - data.documentsOf(a).size
      || b.claims.length - a.claims.length || a.id - b.id).slice(0, 5);
  }

  function entityCard(id, go, isVisible) {
    const entity = data.entities[id];
    const facts = data.factsOf[id];
    const shown = facts.filter(isVisible);
    const groups = new Map();
    shown.forEach((fact) => {
      const isOut = fact.subject === id;
      const key = (isOut ? "0" : "1") + String(fact.predicate).padStart(6, "0");
      if (!groups.has(key)) groups.set(key, { isOut, predicate: fact.predicate, facts: [] });
      groups.get(key).facts.push(fact);
    });
    const ordered = Array.from(groups.keys()).sort().map((key) => groups.get(key));
    return [
      el("h2", { dir: "auto" }, glyphOf(id), entity.name),
      el("p.about", {}, data.types[entity.type].label + " · " + (facts.length ? count(entity.facts, "fact") + " · no. " + (id + 1) + " of " + data.entities.length : "quoted, not told about")),
      entity.aliases.length ? el("p.aliases", {}, "Also called ", entity.aliases.map((alias, n) => [n ? ", " : "", el("span.alias", { dir: "auto" }, alias)]).flat()) : "",
      claimgraph.map.has(id) ? "" : el("p.hint", {}, facts.length ? "Not among the entities on the map." : "The map shows only what facts are about; lit there is what this one says."),
      shown.length < facts.length ? el("p.hint", {}, count(facts.length - shown.length, "fact is", "facts are") + " hidden by the filters.") : "",
      ...ordered.map((group) => relationGroup(group, id, go)),
      quotedSection(id, go, isVisible),
    ].filter(Boolean);
  }

  function relationGroup(group, id, go) {
    const label = data.predicates[group.predicate].label;
    const items = group.facts.map((fact) => entityFact(fact, id, go));
    const list = el("ul.facts", {}, items.slice(0, FIRST));
    const rest = items.slice(FIRST);
    const more = rest.length ? el("button.more", { type: "button", onclick: (event) => { list.append(...rest); event.currentTarget.remove(); } }, "Show " + rest.length + " more") : "";
    return el("section.relation", {}, el("h3", {},
      group.isOut ? "" : el("span.arrow", {}, "← "), label, group.isOut ? el("span.arrow", {}, " →") : "",
      el("span.note", {}, group.facts.length > 1 ? String(group.facts.length) : "")), list, more);
  }

  function entityFact(fact, id, go) {
    const other = fact.subject === id ? fact.object : fact.subject;
    const more = fact.claims.length - 1;
    return el("li.fact", {},
      el("div.fact-head", {}, other === undefined ? el("span.value", {}, claims.valueText(fact.value)) : entityLink(other, go),
        el("button.chips", { type: "button", title: "Show this fact alone", onclick: () => go({ kind: "f", id: fact.id }) }, fact.statuses.map(claims.chip))),
      fact.claims.length ? claims.show(fact.claims[0], go, { head: "" }) : "",
      more > 0 ? el("button.more", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) }, "and " + count(more, "more sentence")) : "");
  }

  function factCard(id, go) {
    const fact = data.facts[id];
    return [
      el("h2.triple", {}, entityLink(fact.subject, go), el("span.predicate", {}, relation(fact)),
        fact.object === undefined ? el("span.value", {}, claims.valueText(fact.value)) : entityLink(fact.object, go)),
      el("p.about", {}, count(fact.claims.length, "sentence") + " in " + count(data.documentsOf(fact).size, "document") + "."),
      data.isDisputed(fact) ? el("p.dispute", {}, "The sentences differ: " + fact.statuses.join(", ") + ".") : "",
      ...fact.claims.map((claim) => claims.show(claim, go)),
    ].filter(Boolean);
  }

  function documentCard(id, go, isVisible) {
    const source = data.documents[id];
    const said = data.claimsOf[id].filter(({ fact }) => isVisible(fact));
    return [
      el("h2", { dir: "auto" }, source.title),
      el("p.about", {}, [source.date && day(source.date), source.source, source.words ? count(source.words, "word") : "", count(data.claimsOf[id].length, "claim")].filter(Boolean).join(" · ")),
      ...said.map((told) => claims.show(told.claim, go, { head: tripleHead(told, go), isAtHome: true })),
    ];
  }

  function tripleHead({ fact, claim }, go) {
    return el("p.claim-head", {},
      el("button.triple-link", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) }, nameOf(fact.subject) + " ", el("i", {}, relation(fact)), " " + objectText(fact)),
      claims.chip(claim.status));
  }

  // What this entity is quoted for.
  function quotedSection(id, go, isVisible) {
    const said = data.saidBy[id].filter(({ fact }) => isVisible(fact));
    if (!said.length) return "";
    return el("section.relation", {}, el("h3", {}, "says", el("span.note", {}, count(said.length, "claim"))),
      said.slice(0, FIRST).map((told) => claims.show(told.claim, go, { head: tripleHead(told, go) })));
  }

  return { show, panel };
})();
