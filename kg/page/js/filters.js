// Which facts are seen, and the panel on the left: legend and filter in one, so that what explains a look switches it.
claimgraph.filters = (function () {
  "use strict";
  const { data, look, state, timeline } = claimgraph;
  const { el, count } = claimgraph.dom;
  const panel = document.getElementById("filters");
  const FIRST = 30; // choices of a kind that are shown at once
  const WHAT_COUNTS = ["off", "score", "from", "to", "focus", "hidden"]; // a selection alone changes nothing seen
  const boxes = []; // of all choices: {kind, value, box, note}
  let score;
  let evaluated = {};

  // Who is in focus, with all neighbours; null when everyone is.
  function focused(now) {
    if (!now.focus.length) return null;
    return new Set(now.focus.flatMap((id) => [id, ...data.factsOf[id].filter((fact) => !fact.premises).flatMap(data.ends)]));
  }

  // What is seen, written on facts and entities, and for each choice how many facts, or of types how many
  // entities, it shows or would show.
  function evaluate(now) {
    if (WHAT_COUNTS.every((part) => evaluated.now && evaluated.now[part] === now[part])) return evaluated.tally;
    const inferred = data.statuses.length; // its number among the statuses
    const tally = Object.fromEntries(state.KINDS.map((kind) => [kind, new Map()]));
    const add = (kind, value) => tally[kind].set(value, (tally[kind].get(value) || 0) + 1);
    const reached = new Set(); // entities are counted once
    const focus = focused(now);
    const hidden = new Set(now.hidden);
    const inTime = timeline.test(now);
    const rank = new Map(data.statuses.map((status, n) => [status, n]));
    data.entities.forEach((entity) => { entity.isVisible = false; });
    data.told.forEach((fact) => {
      const ends = data.ends(fact);
      const types = Array.from(new Set(ends.map((id) => data.entities[id].type)));
      const typesOff = types.filter((type) => now.off.type.has(type));
      const isOut = ends.some((id) => hidden.has(id) || (focus && !focus.has(id)));
      const isRelationOff = now.off.relation.has(fact.predicate);
      const able = fact.claims.filter((claim) => (claim.score === undefined || claim.score >= now.score) && inTime(claim));
      const missed = { status: new Set(), document: new Set() }; // what would show the fact, if it were on
      fact.shown = [];
      fact.isGround = able.some((claim) => claim.status === "asserted" && !now.off.document.has(claim.document));
      able.forEach((claim) => {
        const [isStatusOn, isDocumentOn] = [!now.off.status.has(rank.get(claim.status)), !now.off.document.has(claim.document)];
        if (isStatusOn && isDocumentOn) fact.shown.push(claim);
        if (isDocumentOn) missed.status.add(rank.get(claim.status));
        if (isStatusOn) missed.document.add(claim.document);
      });
      const isTold = fact.shown.length > 0 || (!fact.claims.length && !now.off.status.has(0) && !now.from && !now.to);
      fact.isVisible = isTold && !isOut && !isRelationOff && !typesOff.length;
      fact.status = data.statusesOf(fact.shown)[0];
      fact.isConflict = data.conflict(fact) !== null;
      if (isOut) return;
      if (isTold && !isRelationOff) ends.forEach((id) => {
        const { type } = data.entities[id];
        if (!typesOff.every((one) => one === type) || reached.has(id)) return;
        reached.add(id);
        add("type", type);
      });
      if (isTold && !typesOff.length) add("relation", fact.predicate);
      if (!isRelationOff && !typesOff.length) ["status", "document"].forEach((kind) => missed[kind].forEach((value) => add(kind, value)));
      if (fact.isVisible) ends.forEach((id) => { data.entities[id].isVisible = true; });
    });
    // What follows is seen as long as something is left of each fact that it follows from.
    data.inferred.forEach((fact) => {
      const ends = data.ends(fact);
      const isAble = fact.premises.every((id) => data.facts[id].isGround) && !now.off.relation.has(fact.predicate)
        && ends.every((id) => !now.off.type.has(data.entities[id].type) && !hidden.has(id) && (!focus || focus.has(id)));
      Object.assign(fact, { shown: [], status: "inferred", isConflict: false, isVisible: isAble && !now.off.status.has(inferred) });
      if (isAble) add("status", inferred);
      if (fact.isVisible) ends.forEach((id) => { data.entities[id].isVisible = true; });
    });
    // Who only speaks is there as long as something is left of what it says.
    data.entities.forEach(({ id }) => {
      if (!data.factsOf[id].length && !hidden.has(id)) data.entities[id].isVisible = data.saidBy[id].some(({ fact }) => fact.isVisible);
    });
    evaluated = { now, tally };
    return tally;
  }

  function group(kind, title, rows) {
    const all = el("button.link", { type: "button", onclick: () => set(kind, []) }, "all");
    const none = el("button.link", { type: "button", onclick: () => set(kind, rows.map((row) => row.value)) }, "none");
    const name = "group-" + kind;
    const list = el("ul.choices", {}, rows.slice(0, FIRST).map((row) => choice(kind, row, rows)));
    const rest = rows.slice(FIRST);
    const more = rest.length ? el("button.more", { type: "button", onclick: () => { list.append(...rest.map((row) => choice(kind, row, rows))); more.remove(); refresh(state.now); } }, rest.length + " more") : "";
    return el("section", { role: "group", "aria-labelledby": name },
      el("div.group-head", {}, el("h2", { id: name }, title), el("span.all", {}, all, " · ", none)), list, more);
  }

  function choice(kind, row, rows) {
    const box = el("input", { type: "checkbox", checked: true });
    const note = el("span.note", {}, "");
    box.addEventListener("change", () => set(kind, state.flip(state.now.off[kind], row.value)));
    boxes.push({ kind, value: row.value, box, note });
    const others = rows.map((other) => other.value).filter((value) => value !== row.value);
    return el("li", { title: row.title }, el("label", {}, box, row.glyph || "", el("span.words", { dir: "auto" }, row.label)),
      el("button.only", { type: "button", "aria-label": "Only " + row.label, onclick: () => set(kind, others) }, "only"), note);
  }

  function set(kind, values) {
    state.change({ off: Object.assign({}, state.now.off, { [kind]: new Set(values) }) }, { still: true });
  }

  // Scores differ only where the extraction was asked to give them.
  function scoreGroup() {
    const scores = data.claims.map((claim) => claim.score).filter((value) => value !== undefined);
    if (!scores.some((value) => value !== scores[0])) return "";
    score = { input: el("input", { type: "range", id: "score", min: "0", max: "1", step: "0.05", value: "0" }), label: el("span.all", {}, "") };
    score.input.addEventListener("change", () => state.change({ score: Number(score.input.value) }, { still: true }));
    return el("section", {}, el("div.group-head", {}, el("h2", {}, el("label", { for: "score" }, "Score at least")), score.label), score.input);
  }

  // The panel as a state and its counts say.
  function refresh(now, tally = evaluate(now)) {
    boxes.forEach(({ kind, value, box, note }) => {
      box.checked = !now.off[kind].has(value);
      note.textContent = (tally[kind].get(value) || 0).toLocaleString("en");
    });
    if (score) [score.input.value, score.label.textContent] = [now.score, now.score ? now.score.toFixed(2) : "any"];
    timeline.refresh(now);
    reset.hidden = !isActive(now);
  }

  const isActive = (now) => Boolean(state.KINDS.some((kind) => now.off[kind].size) || now.score || now.from || now.to || now.focus.length || now.hidden.length);
  const clear = () => state.change(Object.assign(state.empty(), { selection: state.now.selection, open: state.now.open }));
  const reset = el("button.reset", { type: "button", onclick: clear, hidden: true }, "Show everything again");

  function start() {
    const used = (of, values) => { const seen = new Set(values); return of.filter((row) => seen.has(row.value)); };
    const statuses = data.statuses.concat("inferred").map((status, n) => ({ value: n, label: status, glyph: look.statusGlyph(status), title: look.MEANINGS[status] }));
    const given = data.claims.map((claim) => data.statuses.indexOf(claim.status)).concat(data.inferred.length ? data.statuses.length : []);
    panel.append(reset,
      group("type", "Entities", data.types.map((type, n) => ({ value: n, label: type.label, glyph: look.typeGlyph(type.look), title: type.iri }))),
      group("status", "Status of a relation", used(statuses, given)),
      timeline.panel(), scoreGroup(),
      group("relation", "Relations", data.predicates.map((predicate, n) => ({ value: n, label: predicate.label, title: predicate.iri }))),
      data.documents.length > 1 ? group("document", "Documents", data.documents.map((source) => ({ value: source.id, label: source.title, title: source.source || source.key }))) : "",
      el("p.key", {}, "A larger sign has more facts, a thicker line more sentences; ! marks where sentences contradict one another. A tinted area is a group that is closely linked."));
  }

  const hiddenNote = (facts, shown) => (shown < facts ? count(facts - shown, "fact is", "facts are") + " hidden by the filters." : "");

  return { start, evaluate, refresh, clear, isActive, hiddenNote };
})();
