// What the page knows: the data island, with what is needed to walk from one thing to another.
var claimgraph = {};

claimgraph.data = (function () {
  "use strict";
  const island = (name) => JSON.parse(document.getElementById(name).textContent);
  const data = island("data");

  // The rows of the tables. Cells stay where they are and are looked up by name, because to copy those of a
  // hundred thousand claims takes longer than to draw the map; only what is asked for of each of them, to
  // filter or to find a way, is copied ("own"). What else is known of a row stands beside.
  const NONE = [];
  const cell = (cells, n) => cells[n] ?? undefined; // what a row does not reach, or is null, is undefined
  class Row {
    static own = [];
    constructor(cells, id) { this.cells = cells; this.id = id; }
  }
  class Entity extends Row {
    static own = ["type", "facts"];
    constructor(cells, id, at) {
      super(cells, id);
      this.type = cells[at.type];
      this.facts = cells[at.facts];
      this.isVisible = true;
    }
  }
  class Claim extends Row {
    static own = ["fact", "document", "status"];
    constructor(cells, id, at) {
      super(cells, id);
      this.fact = cells[at.fact];
      this.document = cells[at.document];
      this.status = data.statuses[cells[at.status]];
      this.months = undefined;
    }
  }
  class Fact extends Row {
    static own = ["subject", "predicate", "object", "premises"];
    constructor(cells, id, at) {
      super(cells, id);
      this.subject = cells[at.subject];
      this.predicate = cells[at.predicate];
      this.object = cell(cells, at.object);
      this.premises = cell(cells, at.premises); // of what is inferred
      this.claims = this.shown = NONE;
      this.status = "asserted";
      this.isVisible = this.isConflict = this.isGround = false;
    }
  }
  const tail = (iri) => iri.slice(Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1);

  // A table of Python's packed(). An entity's key is the tail of its IRI unless it says otherwise.
  function unpack({ columns, rows, base = "" }, Kind, first = 0) {
    class Of extends Kind {}
    const at = Object.fromEntries(["object", "premises", "key"].map((name) => [name, columns.length])); // where they are missing
    columns.forEach((name, n) => { at[name] = n; });
    const get = (name) => {
      if (name === "iri") return function () { return base + this.cells[at.iri]; };
      if (name === "key") return function () { return cell(this.cells, at.key) ?? tail(this.iri); };
      return function () { return cell(this.cells, at[name]); };
    };
    Object.keys(at).filter((name) => !Kind.own.includes(name)).forEach((name) => Object.defineProperty(Of.prototype, name, { get: get(name) }));
    return rows.map((cells, n) => new Of(cells, first + n, at));
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
        lists = [];
        items.forEach((item) => numbersOf(item).forEach((number) => {
          if (lists[number]) lists[number].push(item); else lists[number] = [item];
        }));
        if (order) lists.forEach((list) => list.sort(order));
      }
      return lists[id] || NONE;
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
