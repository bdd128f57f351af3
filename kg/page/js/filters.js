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
  const rank = Object.fromEntries(data.statuses.map((status, n) => [status, n]));

  // Who is in focus, with all neighbours; null when everyone is.
  function focused(now) {
    if (!now.focus.length) return null;
    return new Set(now.focus.flatMap((id) => [id, ...data.factsOf(id).filter((fact) => !fact.premises).flatMap(data.ends)]));
  }

  // What is seen, written on facts and entities, and for each choice how many facts, or of types how many
  // entities, it shows or would show.
  function evaluate(now) {
    if (WHAT_COUNTS.every((part) => evaluated.now && evaluated.now[part] === now[part])) return evaluated.tally;
    const numbers = { type: data.types, status: data.statuses.concat("inferred"), relation: data.predicates, document: data.documents };
    const tally = Object.fromEntries(state.KINDS.map((kind) => [kind, new Int32Array(numbers[kind].length)]));
    const asked = { now, tally, focus: focused(now), hidden: new Set(now.hidden), inTime: timeline.test(now), reached: new Uint8Array(data.entities.length) };
    data.entities.forEach((entity) => { entity.isVisible = false; });
    data.told.forEach((fact) => judge(fact, asked));
    data.inferred.forEach((fact) => judgeInferred(fact, asked));
    // Who only speaks is there as long as something is left of what it says.
    data.entities.forEach((entity) => {
      if (!entity.facts && !asked.hidden.has(entity.id)) entity.isVisible = data.saidBy(entity.id).some(({ fact }) => fact.isVisible);
    });
    evaluated = { now, tally };
    return tally;
  }

  // One fact. There may be a hundred thousand: nothing is made here that can be done without.
  function judge(fact, asked) {
    const { now: { off }, tally } = asked;
    const { subject, object = subject } = fact;
    const [one, other] = [data.entities[subject].type, data.entities[object].type];
    const [isOneOff, isOtherOff] = [off.type.has(one), off.type.has(other)];
    const isOut = isPutAway(subject, asked) || isPutAway(object, asked);
    const isOff = off.relation.has(fact.predicate);
    const would = choose(fact, asked);
    const isTold = fact.shown.length > 0 || (!fact.claims.length && !off.status.has(0) && !asked.now.from && !asked.now.to);
    fact.isVisible = isTold && !isOut && !isOff && !isOneOff && !isOtherOff;
    if (isOut) return;
    if (isTold && !isOff) {
      if (!isOtherOff || one === other) reach(subject, one, asked);
      if (!isOneOff || one === other) reach(object, other, asked);
    }
    if (isTold && !isOneOff && !isOtherOff) tally.relation[fact.predicate] += 1;
    if (!isOff && !isOneOff && !isOtherOff) {
      data.statuses.forEach((status, n) => { if (would.statuses & (1 << n)) tally.status[n] += 1; });
      would.documents.forEach((id) => { tally.document[id] += 1; });
    }
    if (fact.isVisible) data.entities[subject].isVisible = data.entities[object].isVisible = true;
  }

  const isPutAway = (id, { hidden, focus }) => hidden.has(id) || (focus !== null && !focus.has(id));

  function reach(id, type, { reached, tally }) {
    tally.type[type] += 1 - reached[id]; // entities are counted once
    reached[id] = 1;
  }

  const would = { statuses: 0, documents: [] }; // what would show a fact if it were on; used again for each

  // The claims of a fact that are seen.
  function choose(fact, { now, inTime }) {
    Object.assign(would, { statuses: 0, isGround: false });
    would.documents.length = 0;
    const isSeen = (claim) => {
      if (now.score && claim.score !== undefined && claim.score < now.score || !inTime(claim)) return false;
      const status = rank[claim.status];
      const [isStatusOn, isDocumentOn] = [!now.off.status.has(status), !now.off.document.has(claim.document)];
      if (isDocumentOn) would.statuses |= 1 << status;
      if (isStatusOn && !would.documents.includes(claim.document)) would.documents.push(claim.document);
      if (isDocumentOn && status === 0) would.isGround = true;
      return isStatusOn && isDocumentOn;
    };
    const shown = fact.claims.filter(isSeen);
    fact.shown = shown.length === fact.claims.length ? fact.claims : shown; // not a second list of the same
    fact.status = data.statusesOf(fact.shown)[0];
    fact.isConflict = data.conflict(fact) !== null;
    fact.isGround = would.isGround;
    return would;
  }

  // What follows is seen as long as something is left of each fact that it follows from.
  function judgeInferred(fact, asked) {
    const { off } = asked.now;
    const ends = data.ends(fact);
    const isAble = fact.premises.every((id) => data.facts[id].isGround) && !off.relation.has(fact.predicate)
      && !ends.some((id) => off.type.has(data.entities[id].type) || isPutAway(id, asked));
    Object.assign(fact, { shown: [], status: "inferred", isConflict: false, isVisible: isAble && !off.status.has(data.statuses.length) });
    if (isAble) asked.tally.status[data.statuses.length] += 1;
    if (fact.isVisible) ends.forEach((id) => { data.entities[id].isVisible = true; });
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
    const others = () => rows.map((other) => other.value).filter((value) => value !== row.value);
    return el("li", { title: row.title }, el("label", {}, box, row.glyph || "", el("span.words", { dir: "auto" }, row.label)),
      el("button.only", { type: "button", "aria-label": "Only " + row.label, onclick: () => set(kind, others()) }, "only"), note);
  }

  function set(kind, values) {
    state.change({ off: Object.assign({}, state.now.off, { [kind]: new Set(values) }) }, { still: true });
  }

  // Scores differ only where the extraction was asked to give them.
  function scoreGroup() {
    const scored = data.claims.find((claim) => claim.score !== undefined);
    if (!scored || !data.claims.some((claim) => claim.score !== undefined && claim.score !== scored.score)) return "";
    score = { input: el("input", { type: "range", id: "score", min: "0", max: "1", step: "0.05", value: "0" }), label: el("span.all", {}, "") };
    score.input.addEventListener("change", () => state.change({ score: Number(score.input.value) }, { still: true }));
    return el("section", {}, el("div.group-head", {}, el("h2", {}, el("label", { for: "score" }, "Score at least")), score.label), score.input);
  }

  // The panel as a state and its counts say.
  function refresh(now, tally = evaluate(now)) {
    boxes.forEach(({ kind, value, box, note }) => {
      box.checked = !now.off[kind].has(value);
      note.textContent = tally[kind][value].toLocaleString("en");
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
    const given = data.claims.map((claim) => rank[claim.status]).concat(data.inferred.length ? data.statuses.length : []);
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
