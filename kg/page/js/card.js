// The panel on the right: an overview, or the card of an entity, a fact, a document or a path.
claimgraph.card = (function () {
  "use strict";
  const { data, look, lights, claims, reading, inference, path, state, filters } = claimgraph;
  const { el, count, day } = claimgraph.dom;
  const panel = document.getElementById("card");
  const FIRST = 60; // facts of a relation that are shown at once
  const LISTED = 8; // rows of a list of the overview

  const nameOf = (id) => data.entities[id].name;
  const relation = (fact) => data.predicates[fact.predicate].label;
  const objectText = (fact) => (fact.object === undefined ? claims.valueText(fact.value) : nameOf(fact.object));
  const glyphOf = (id) => look.typeGlyph(data.types[data.entities[id].type].look);
  const isVisible = (fact) => fact.isVisible;

  function show(selection, go, actions) {
    const make = { e: entityCard, f: factCard, d: (given) => reading.show(given, go, isVisible), p: (given) => path.card(given, go), g: groupCard };
    lights.clear();
    panel.replaceChildren(...(selection ? [back(go), ...make[selection.kind](selection, go, actions)] : overview(go)));
    panel.scrollTop = 0;
    if (selection && selection.kind === "d") reading.scroll();
  }

  const back = (go) => el("button.close", { type: "button", "aria-label": "Close the card", title: "Close (Esc)", onclick: () => go(null) }, "×");
  const action = (label, title, run) => el("button.act", { type: "button", title, onclick: run }, label);

  function entityLink(id, go) {
    return el("button.entity", { type: "button", onclick: () => go({ kind: "e", id }) }, glyphOf(id), el("span", { dir: "auto" }, nameOf(id)));
  }

  function factLine(fact, go, note) {
    return lights.bind(el("li", {}, el("button.row", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) },
      look.statusGlyph(fact.status),
      el("span.words", {}, el("b", {}, nameOf(fact.subject)), " " + relation(fact) + " ", el("b", {}, objectText(fact))),
      el("span.note", {}, note))), fact.id);
  }

  function overview(go) {
    const c = data.counts;
    const period = c.from ? ", " + day(c.from) + (c.from === c.to ? "" : " to " + day(c.to)) : "";
    const told = data.entities.filter((entity) => entity.isVisible && entity.facts);
    const shown = data.told.filter(isVisible);
    return [
      el("h2", {}, "What the texts say"),
      hint(data.note),
      el("p.counts", {}, count(c.documents, "document") + " with " + count(c.words, "word") + period + "."),
      el("p.counts", {}, count(c.entities, "entity", "entities") + " and " + count(c.facts, "fact") + " from " + count(c.claims, "claim") + "."),
      c.facts ? el("p.hint", {}, "Click a name to see all that is said about it, or a line to read the sentences behind it.") : "",
      c.drawn < c.told ? el("p.hint", {}, "The map shows the " + count(c.drawn, "most important entity", "most important entities") + "; search finds all of them.") : "",
      ...section("Most told about", told.slice(0, LISTED), (entity) => el("li", {}, el("button.row", { type: "button", onclick: () => go({ kind: "e", id: entity.id }) },
        glyphOf(entity.id), el("span.words", { dir: "auto" }, entity.name), el("span.note", {}, count(entity.facts, "fact"))))),
      data.groups ? el("p.hint", {}, "There are too many to draw at once: each bubble is a group that is closely linked. Click one to open it.") : "",
      ...(data.groups ? section("Largest groups", data.groups.slice().sort((a, b) => b.members.length - a.members.length || a.group - b.group), (group) => groupLine(group, go)) : []),
      ...section("Said by most", corroborated(shown), (fact) => factLine(fact, go, supportNote(fact))),
      ...section("Where the sentences differ", shown.filter((fact) => fact.isConflict), (fact) => factLine(fact, go, data.statusesOf(fact.shown).join(", "))),
      ...section("Documents", data.documents, (source) => el("li", {}, el("button.row", { type: "button", title: "Read it, with all that was found in it", onclick: () => go({ kind: "d", id: source.id }) },
        el("span.words", { dir: "auto" }, source.title), el("span.note", {}, source.date ? day(source.date) : count(data.claimsOf(source.id).length, "claim"))))),
    ].filter(Boolean);
  }

  // Rows are made when they are shown: there may be thousands.
  function section(title, items, make) {
    if (!items.length) return [];
    const list = el("ul.rows", {}, items.slice(0, LISTED).map(make));
    return [el("h3", {}, title), list, more(list, items.slice(LISTED), make)];
  }

  function more(list, rest, make) {
    if (!rest.length) return "";
    return el("button.more", { type: "button", onclick: (event) => { list.append(...rest.splice(0, 200).map(make)); if (!rest.length) event.currentTarget.remove(); } }, "Show " + rest.length.toLocaleString("en") + " more");
  }

  function supportNote(fact) {
    const documents = data.documentsOf(fact.shown).size;
    return (fact.status === "asserted" ? "" : fact.status + ", ")
      + (documents > 1 ? count(documents, "document") : count(fact.shown.length, "claim"));
  }

  function corroborated(facts) {
    return facts.filter((fact) => fact.shown.length > 1).map((fact) => ({ fact, documents: data.documentsOf(fact.shown).size }))
      .sort((a, b) => b.documents - a.documents || b.fact.shown.length - a.fact.shown.length || a.fact.id - b.fact.id).slice(0, 5).map(({ fact }) => fact);
  }

  function entityCard({ id }, go, actions) {
    const entity = data.entities[id];
    const facts = data.factsOf(id);
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
      entity.aliases ? el("p.aliases", {}, "Also called ", entity.aliases.map((alias, n) => [n ? ", " : "", el("span.alias", { dir: "auto" }, alias)]).flat()) : "",
      facts.length ? el("p.acts", {}, action("Focus", "Show only this one and its neighbours (F)", actions.focus), state.now.focus.length ? action("Expand", "Add its neighbours to what is in focus (X)", actions.expand) : "",
        action("Hide", "Take it off the map (H)", actions.hide), action("Path to …", "Find how it is linked with another (P)", actions.path)) : "",
      claimgraph.map.has(id) ? "" : el("p.hint", {}, facts.length ? "Not among the entities on the map." : "The map shows only what facts are about; lit there is what this one says."),
      hint(filters.hiddenNote(facts.length, shown.length)),
      ...ordered.map((group) => relationGroup(group, id, go)),
      quotedSection(id, go),
    ].filter(Boolean);
  }

  const hint = (text) => (text ? el("p.hint", {}, text) : "");

  function relationGroup(group, id, go) {
    const label = data.predicates[group.predicate].label;
    const make = (fact) => entityFact(fact, id, go);
    const list = el("ul.facts", {}, group.facts.slice(0, FIRST).map(make));
    return el("section.relation", {}, el("h3", {},
      group.isOut ? "" : el("span.arrow", {}, "← "), label, group.isOut ? el("span.arrow", {}, " →") : "",
      el("span.note", {}, group.facts.length > 1 ? String(group.facts.length) : "")), list, more(list, group.facts.slice(FIRST), make));
  }

  function entityFact(fact, id, go) {
    const other = data.other(fact, id);
    const rest = fact.shown.length - 1;
    return el("li.fact", {},
      el("div.fact-head", {}, other === undefined ? el("span.value", {}, claims.valueText(fact.value)) : entityLink(other, go),
        el("button.chips", { type: "button", title: "Show this fact alone", onclick: () => go({ kind: "f", id: fact.id }) }, (fact.premises ? ["inferred"] : data.statusesOf(fact.shown)).map(claims.chip))),
      fact.isConflict ? differ(fact, go) : fact.shown.length ? claims.show(fact.shown[0], go, { head: "" }) : fact.premises ? inference.grounds(fact, go) : "",
      rest > 0 && !fact.isConflict ? el("button.more", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) }, "and " + count(rest, "more sentence")) : "");
  }

  // Two sentences that contradict one another, side by side.
  function differ(fact, go) {
    const { for: [one], against: [other] } = data.conflict(fact);
    return el("div.conflict", {}, el("p.conflict-head", {}, other.status === "ended" ? "This has ended, or was said to be so:" : "One says so, another denies it:"),
      [one, other].map((claim) => claims.show(claim, go)));
  }

  function tripleHeading(fact, go) {
    return el("h2.triple", {}, entityLink(fact.subject, go), el("span.predicate", {}, relation(fact)),
      fact.object === undefined ? el("span.value", {}, claims.valueText(fact.value)) : entityLink(fact.object, go));
  }

  function factCard({ id }, go) {
    const fact = data.facts[id];
    if (fact.premises) return inference.card(fact, go, tripleHeading(fact, go));
    const sides = data.conflict(fact);
    const list = (some) => some.map((claim) => claims.show(claim, go));
    const hidden = fact.claims.length - fact.shown.length;
    return [
      tripleHeading(fact, go),
      el("p.about", {}, count(fact.claims.length, "sentence") + " in " + count(data.documentsOf(fact.claims).size, "document") + "."),
      hint(hidden ? count(hidden, "sentence is", "sentences are") + " hidden by the filters." : ""),
      inference.means(fact),
      ...(!sides ? list(fact.shown) : [
        el("p.dispute", {}, "The sentences differ: " + data.statusesOf(fact.shown).join(", ") + "."),
        el("h3.side", {}, "Says so"), ...list(sides.for), el("h3.side.against", {}, sides.against.every((claim) => claim.status === "ended") ? "Says it has ended" : "Says otherwise"), ...list(sides.against)]),
    ].filter(Boolean);
  }

  function groupLine(group, go) {
    return el("li", {}, el("button.row", { type: "button", onclick: () => go({ kind: "g", id: group.group }) },
      el("span.words", { dir: "auto" }, "Around " + nameOf(group.members[0])), el("span.note", {}, count(group.members.length, "entity", "entities"))));
  }

  // A group of the overview, with its most important members and what is said among them.
  function groupCard({ id }, go, actions) {
    const group = data.groups[id];
    const isOpen = state.now.open.includes(id);
    const inside = new Set(group.members);
    const facts = group.members.flatMap((member) => data.factsOf(member).filter((fact) => fact.subject === member && !fact.premises && fact.isVisible && inside.has(fact.object)));
    return [
      el("h2", { dir: "auto" }, "Around " + nameOf(group.members[0])),
      el("p.about", {}, count(group.members.length, "entity", "entities") + " that are closely linked, " + count(facts.length, "fact") + " among them."),
      el("p.acts", {}, action(isOpen ? "Close the group" : "Open the group", "Show its members on the map", () => actions.group(id))),
      ...section("Most told about", group.members.filter((member) => data.entities[member].isVisible), (member) => el("li", {}, el("button.row", { type: "button", onclick: () => go({ kind: "e", id: member }) },
        glyphOf(member), el("span.words", { dir: "auto" }, nameOf(member)), el("span.note", {}, count(data.entities[member].facts, "fact"))))),
      ...section("Said by most", corroborated(facts), (fact) => factLine(fact, go, supportNote(fact))),
    ].filter(Boolean);
  }

  function tripleHead({ fact, claim }, go) {
    return el("p.claim-head", {},
      el("button.triple-link", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) }, nameOf(fact.subject) + " ", el("i", {}, relation(fact)), " " + objectText(fact)),
      claims.chip(claim.status));
  }

  // What this entity is quoted for.
  function quotedSection(id, go) {
    const said = data.saidBy(id).filter(({ fact, claim }) => fact.isVisible && fact.shown.includes(claim));
    if (!said.length) return "";
    return el("section.relation", {}, el("h3", {}, "says", el("span.note", {}, count(said.length, "claim"))),
      said.slice(0, FIRST).map((told) => claims.show(told.claim, go, { head: tripleHead(told, go) })));
  }

  return { show, panel };
})();
