// What the page knows: the data island, with what is needed to walk from one thing to another.
var claimgraph = {};

claimgraph.data = (function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const factsOf = data.entities.map(() => []);
  const saidBy = data.entities.map(() => []);
  const claimsOf = data.documents.map(() => []);

  data.facts.forEach((fact, id) => {
    fact.id = id;
    fact.status = fact.statuses[0];
    factsOf[fact.subject].push(fact);
    if (fact.object !== undefined && fact.object !== fact.subject) factsOf[fact.object].push(fact);
    fact.claims.forEach((claim) => {
      claimsOf[claim.document].push({ fact, claim });
      if (claim.speaker !== undefined) saidBy[claim.speaker].push({ fact, claim });
    });
  });
  data.entities.forEach((entity, id) => { entity.id = id; });
  data.documents.forEach((source, id) => { source.id = id; });
  claimsOf.forEach((claims) => claims.sort((a, b) => a.claim.start - b.claim.start || a.fact.id - b.fact.id));

  const ends = (fact) => (fact.object === undefined ? [fact.subject] : [fact.subject, fact.object]);
  const documentsOf = (fact) => new Set(fact.claims.map((claim) => claim.document));
  // A fact that one sentence states or expects, and that another denies or says has ended.
  const isDisputed = (fact) => fact.statuses.length > 1
    && (fact.statuses.includes("denied") || fact.statuses.includes("asserted") && fact.statuses.includes("ended"));

  // A name for a selection that a link can carry: e=OpenAI, f=Microsoft~invested_in~OpenAI, d=0.
  function factKey(fact) {
    const object = fact.object === undefined ? fact.value.value : data.entities[fact.object].key;
    return [data.entities[fact.subject].key, data.predicates[fact.predicate].key, object].join("~");
  }
  const lookup = { e: new Map(), f: new Map(), d: new Map() };
  data.entities.forEach((entity) => lookup.e.set(entity.iri, entity.id));
  data.entities.forEach((entity) => lookup.e.set(entity.key, entity.id));
  data.facts.forEach((fact) => lookup.f.set(factKey(fact), fact.id));
  data.documents.forEach((source) => lookup.d.set(source.title, source.id));

  function toHash(selection) {
    if (!selection) return "";
    const key = selection.kind === "e" ? data.entities[selection.id].key
      : selection.kind === "f" ? factKey(data.facts[selection.id]) : data.documents[selection.id].title;
    return "#" + selection.kind + "=" + encodeURIComponent(key);
  }

  function fromHash(hash) {
    const match = /^#([efd])=(.*)$/.exec(hash);
    if (!match) return null;
    let key = match[2];
    try { key = decodeURIComponent(key); } catch (error) { return null; }
    const id = lookup[match[1]].get(key);
    return id === undefined ? null : { kind: match[1], id };
  }

  return Object.assign(data, { factsOf, claimsOf, saidBy, ends, documentsOf, isDisputed, toHash, fromHash });
})();
