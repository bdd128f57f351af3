// What the page knows: the data island, with what is needed to walk from one thing to another.
var claimgraph = {};

claimgraph.data = (function () {
  "use strict";
  const island = (name) => JSON.parse(document.getElementById(name).textContent);
  const data = island("data");
  ["documents", "entities", "facts", "claims", "inferred"].forEach((name) => { data[name] = unpack(data[name]); });
  const told = data.facts.slice(); // what is inferred stands behind it, with the facts that it follows from
  data.inferred.forEach((fact) => { fact.id += told.length; data.facts.push(fact); });
  const factsOf = data.entities.map(() => []);
  const saidBy = data.entities.map(() => []);
  const claimsOf = data.documents.map(() => []);
  const groups = gather();
  let texts = null; // read when the first is asked for

  // A table of Python's packed(): what a row does not reach is undefined.
  function unpack({ columns, rows }) {
    return rows.map((row, id) => {
      const item = { id };
      for (let n = 0; n < row.length; n += 1) if (row[n] !== null) item[columns[n]] = row[n];
      return item;
    });
  }

  // Where there are too many entities to draw at once: the groups that they stand in, and the places of all.
  function gather() {
    if (!data.places) return null;
    data.places = unpack(data.places);
    const found = data.nodes.map((bubble, id) => Object.assign(bubble, { group: id, members: [] }));
    data.places.forEach((place) => found[place.community].members.push(place.id));
    found.forEach((bubble) => {
      const rest = bubble.members.length - 1;
      bubble.label = data.entities[bubble.members[0]].name + (rest ? " +" + rest.toLocaleString("en") : "");
    });
    return found;
  }

  data.facts.forEach((fact) => {
    fact.claims = [];
    factsOf[fact.subject].push(fact);
    if (fact.object !== undefined && fact.object !== fact.subject) factsOf[fact.object].push(fact);
  });
  data.claims.forEach((claim) => {
    const fact = data.facts[claim.fact];
    claim.status = data.statuses[claim.status];
    fact.claims.push(claim);
    claimsOf[claim.document].push({ fact, claim });
    if (claim.speaker !== undefined) saidBy[claim.speaker].push({ fact, claim });
  });
  data.facts.forEach((fact) => { fact.statuses = statusesOf(fact.claims); });
  claimsOf.forEach((claims) => claims.sort((a, b) => a.claim.start - b.claim.start || a.fact.id - b.fact.id));

  // From "it is so" to "it is no longer so".
  function statusesOf(claims) {
    return claims.length ? data.statuses.filter((status) => claims.some((claim) => claim.status === status)) : ["asserted"];
  }

  function textOf(id) {
    if (!texts) texts = island("texts");
    return texts[id] || "";
  }

  // Where an offset in code points stands in a text of JavaScript, which counts some letters twice.
  function unitAt(source, offset) {
    const wide = source.wide || [];
    let before = 0;
    while (before < wide.length && wide[before] < offset) before += 1;
    return offset + before;
  }

  function quoteOf(claim) {
    if (claim.text !== undefined) return claim.text;
    const source = data.documents[claim.document];
    return textOf(source.id).slice(unitAt(source, claim.start), unitAt(source, claim.end));
  }

  const ends = (fact) => (fact.object === undefined ? [fact.subject] : [fact.subject, fact.object]);
  const other = (fact, id) => (fact.subject === id ? fact.object : fact.subject);
  // A document that repeats another is no second source: both count as the first.
  const documentsOf = (claims) => new Set(claims.map((claim) => data.documents[claim.document].copy ?? claim.document));
  const says = (...statuses) => (claim) => statuses.includes(claim.status);

  // Of the claims seen of a fact: those that others deny or say has ended, and these others.
  function conflict({ shown }) {
    const sides = { for: shown.filter(says("asserted", "planned", "possible")), against: shown.filter(says("denied", "ended")) };
    return sides.for.length && sides.against.length ? sides : null;
  }

  return Object.assign(data, { told, groups, factsOf, claimsOf, saidBy, statusesOf, textOf, unitAt, quoteOf, ends, other, documentsOf, conflict });
})();
