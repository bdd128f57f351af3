// What the page knows: the data island, with what is needed to walk from one thing to another.
var claimgraph = {};

claimgraph.data = (function () {
  "use strict";
  const island = (name) => JSON.parse(document.getElementById(name).textContent);
  const data = island("data");
  const { statuses } = data;

  // The rows of the tables: cells stay where they are and are looked up by name, because to copy those of a
  // hundred thousand claims takes longer than to draw the map. What else is known of them stands beside.
  class Row { constructor(cells, id) { this.cells = cells; this.id = id; } }
  class Entity extends Row { constructor(cells, id) { super(cells, id); this.isVisible = true; } }
  class Claim extends Row { constructor(cells, id) { super(cells, id); this.months = undefined; } }
  class Fact extends Row {
    constructor(cells, id) {
      super(cells, id);
      this.claims = this.shown = NONE;
      this.status = "asserted";
      this.isVisible = this.isConflict = this.isGround = false;
    }
  }
  const NONE = [];
  const MADE = { // what a cell stands for
    status: (cell) => statuses[cell],
    iri: (cell, item, base) => base + cell,
    key: (cell, item) => (cell === undefined ? item.iri.slice(Math.max(item.iri.lastIndexOf("/"), item.iri.lastIndexOf("#")) + 1) : cell),
  };

  // A table of Python's packed(): what a row does not reach, or is null, is undefined.
  function unpack({ columns, rows, base = "" }, Kind, first = 0) {
    class Of extends Kind {}
    const names = Kind === Entity ? new Set([...columns, "key"]) : columns;
    names.forEach((name) => {
      const [n, make] = [columns.indexOf(name), MADE[name]];
      const at = (item) => { const cell = n < 0 ? undefined : item.cells[n]; return cell === null ? undefined : cell; };
      Object.defineProperty(Of.prototype, name, { get: make ? function () { return make(at(this), this, base); } : function () { return at(this); } });
    });
    return rows.map((cells, n) => new Of(cells, first + n));
  }

  Object.entries({ documents: Row, entities: Entity, facts: Fact, claims: Claim }).forEach(([name, Kind]) => { data[name] = unpack(data[name], Kind); });
  const told = data.facts; // what is inferred stands behind it, with the facts that it follows from
  data.inferred = unpack(data.inferred, Fact, told.length);
  data.facts = data.inferred.length ? told.concat(data.inferred) : told;
  const groups = gather();
  let texts = null; // read when the first is asked for

  // Where there are too many entities to draw at once: the groups that they stand in, and the places of all.
  function gather() {
    if (!data.places) return null;
    data.places = unpack(data.places, Row);
    const found = data.nodes.map((bubble, id) => Object.assign(bubble, { group: id, members: [] }));
    data.places.forEach((place) => found[place.community].members.push(place.id));
    found.forEach((bubble) => {
      const rest = bubble.members.length - 1;
      bubble.label = data.entities[bubble.members[0]].name + (rest ? " +" + rest.toLocaleString("en") : "");
    });
    return found;
  }

  data.claims.forEach((claim) => {
    const fact = data.facts[claim.fact];
    if (fact.claims === NONE) fact.claims = [claim]; else fact.claims.push(claim);
  });
  const alone = Object.fromEntries(data.statuses.map((status) => [status, [status]]));
  const pairs = (claims) => claims.map((claim) => ({ fact: data.facts[claim.fact], claim }));
  const inDocument = by(data.claims, (claim) => [claim.document], (a, b) => a.start - b.start || a.fact - b.fact);
  const ofSpeaker = by(data.claims, (claim) => (claim.speaker === undefined ? NONE : [claim.speaker]));
  const claimsOf = (id) => pairs(inDocument(id));
  const saidBy = (id) => pairs(ofSpeaker(id));
  const factsOf = by(data.facts, (fact) => (fact.object === fact.subject ? [fact.subject] : ends(fact)));

  // Items by the numbers that they name, gathered when the first are asked for.
  function by(items, numbersOf, order) {
    let lists = null;
    return (id) => {
      if (!lists) {
        lists = new Map();
        items.forEach((item) => numbersOf(item).forEach((number) => {
          if (lists.has(number)) lists.get(number).push(item); else lists.set(number, [item]);
        }));
        if (order) lists.forEach((list) => list.sort(order));
      }
      return lists.get(id) || NONE;
    };
  }

  // From "it is so" to "it is no longer so".
  function statusesOf(claims) {
    if (claims.length === 1) return alone[claims[0].status];
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

  function ends(fact) {
    return fact.object === undefined ? [fact.subject] : [fact.subject, fact.object];
  }

  const other = (fact, id) => (fact.subject === id ? fact.object : fact.subject);
  // A document that repeats another is no second source: both count as the first.
  const documentsOf = (claims) => new Set(claims.map((claim) => data.documents[claim.document].copy ?? claim.document));
  const says = (...statuses) => (claim) => statuses.includes(claim.status);

  // Of the claims seen of a fact: those that others deny or say has ended, and these others.
  function conflict({ shown }) {
    if (shown.length < 2) return null;
    const sides = { for: shown.filter(says("asserted", "planned", "possible")), against: shown.filter(says("denied", "ended")) };
    return sides.for.length && sides.against.length ? sides : null;
  }

  return Object.assign(data, { told, groups, factsOf, claimsOf, saidBy, statusesOf, textOf, unitAt, quoteOf, ends, other, documentsOf, conflict });
})();
