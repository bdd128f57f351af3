// What no sentence says but several together, and what a sentence says in other words: from what, and why.
claimgraph.inference = (function () {
  "use strict";
  const { data, claims, reading } = claimgraph;
  const { el, count } = claimgraph.dom;
  const label = (fact) => data.predicates[fact.predicate].label;
  const premises = (fact) => fact.premises.map((id) => data.facts[id]);
  const link = (fact, go) => el("button.triple-link", { type: "button", onclick: () => go({ kind: "f", id: fact.id }) }, reading.sentence(fact));

  // The facts that one follows from, each with its first sentence.
  function card(fact, go, heading) {
    return [heading,
      el("p.about", {}, "Inferred: no sentence says so. It follows from " + count(fact.premises.length, "fact") + ", because “" + label(fact) + "” carries on from one to the next."),
      ...premises(fact).map((premise) => el("div.step", {}, claims.show(ground(premise), go, { head: el("p.claim-head", {}, link(premise, go), claims.chip("asserted")) })))];
  }

  const ground = (fact) => fact.claims.find((claim) => claim.status === "asserted");

  const grounds = (fact, go) => el("p.hint", {}, "It follows from: ", premises(fact).map((premise, n) => [n ? "; " : "", link(premise, go)]).flat(), ".");

  // What a fact says too by the ontology: an inverse, or a wider relation.
  function means(fact) {
    const also = data.predicates[fact.predicate].means || [];
    if (!also.length || fact.object === undefined || !ground(fact)) return "";
    const [subject, object] = [data.entities[fact.subject].name, data.entities[fact.object].name];
    return el("p.hint", {}, "Which means: " + also.map(([name, isTurned]) => (isTurned ? [object, name, subject] : [subject, name, object]).join(" ")).join("; ") + ".");
  }

  return { card, grounds, means };
})();
