// The server: shipped queries, their SPARQL with values in it, and the endpoint.

async function text(answer) {
  const said = await answer.text();
  if (!answer.ok) throw new Error(said.trim() || `The server answers ${answer.status}.`);
  return said;
}

export async function shipped() {
  return JSON.parse(await text(await fetch("/queries")));
}

export async function prepare(name, parameters, signal) {
  return text(await fetch(`/queries/${name}?${new URLSearchParams(parameters)}`, { signal }));
}

export async function ask(sparql, accept, signal) {
  const body = new URLSearchParams({ query: sparql });
  const answer = await fetch("/sparql", { method: "POST", body, headers: { Accept: accept }, signal });
  return { type: answer.headers.get("content-type").split(";")[0], text: await text(answer) };
}

// Names that contain what was typed. JSON writes a string as SPARQL does.
const NAMES = {
  entity: (typed) => `SELECT DISTINCT ?name { ?e rdfs:label|skos:altLabel ?name
    FILTER(CONTAINS(LCASE(STR(?name)), LCASE(${typed}))) } ORDER BY STRLEN(STR(?name)) ?name LIMIT 12`,
  relation: () => "SELECT DISTINCT ?name { ?c rdf:predicate ?p BIND(REPLACE(STR(?p), '^.*[/#]', '') AS ?name) } ORDER BY ?name",
  class: () => "SELECT DISTINCT ?name { ?e a ?c ; rdfs:label ?l BIND(REPLACE(STR(?c), '^.*[/#]', '') AS ?name) } ORDER BY ?name",
  document: (typed) => `SELECT ?name { ?d a schema:Article ; dcterms:identifier ?name
    FILTER(CONTAINS(LCASE(?name), LCASE(${typed}))) } ORDER BY ?name LIMIT 12`,
};

export async function suggestions(type, typed) {
  if (type === "status") return ["asserted", "planned", "possible", "denied", "ended"];
  if (!(type in NAMES)) return [];
  const { text } = await ask(NAMES[type](JSON.stringify(typed)), "application/sparql-results+json");
  return JSON.parse(text).results.bindings.map((row) => row.name.value);
}
