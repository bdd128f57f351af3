// The page: what its address asks is shown and run; a run changes the address.

import { clear, showRows, showTriples, showTruth } from "./answer.js";
import { byId, element, fill, link } from "./dom.js";
import { editor } from "./editor.js";
import { ask, prepare, shipped } from "./endpoint.js";
import { listQueries, mark, missing, readFields, showFields } from "./form.js";

const OWN = "own";
const FIRST = "most-connected";
const EXAMPLE = "SELECT ?who ?relation ?what\nWHERE {\n  ?claim rdf:subject ?who ; rdf:predicate ?relation ; rdf:object ?what ; kg:status kg:asserted .\n}\nLIMIT 100\n";
const ROWS = "application/sparql-results+json";
const DOWNLOADS = {
  rows: { CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"], JSON: [ROWS, "srj"] },
  triples: { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"], "JSON-LD": ["application/ld+json", "jsonld"] },
};

let queries = new Map();
let prefixes = {};
let current = null; // the shipped query that is chosen, or null for one's own
let edited = false; // whether its SPARQL was changed by hand
let running = null;

async function start() {
  const narrow = matchMedia("(max-width: 860px)");
  const fold = () => { byId("choose").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  const found = await shipped();
  queries = new Map(found.queries.map((query) => [query.name, query]));
  prefixes = found.prefixes;
  byId("prefixes").textContent = Object.keys(prefixes).map((name) => `${name}:`).join(" ");
  byId("endpoint").textContent = `${location.origin}/sparql`;
  listQueries(found.queries, OWN);
  addEventListener("hashchange", () => {
    if (narrow.matches) byId("choose").open = false;
    follow();
  });
  follow();
}

// Show what the address says, and run it where nothing is missing.
function follow() {
  const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const name = queries.has(given.q) || given.q === OWN ? given.q : FIRST;
  stop();
  current = queries.get(name) ?? null;
  edited = false;
  mark(name);
  const title = current ? current.description : "A query of your own.";
  const colon = title.indexOf(": ") + 1;
  byId("title").textContent = colon ? title.slice(0, colon - 1) : title.replace(/\.$/, "");
  const rest = colon ? title.slice(colon + 1) : "";
  byId("more").textContent = rest && rest[0].toUpperCase() + rest.slice(1);
  document.title = `${name} · Ask the graph`;
  showFields(current ?? { parameters: [] }, given);
  editor.text = current ? current.text : given.sparql ?? EXAMPLE;
  byId("source").open = !current;
  say("");
  fail("");
  clear();
  byId("downloads").hidden = true;
  const lacking = missing();
  if (lacking) lacking.focus();
  else if (current || given.sparql) run();
}

async function run() {
  stop();
  const mine = running = new AbortController();
  byId("stop").hidden = false;
  byId("downloads").hidden = true;
  fail("");
  say("Running …");
  clear();
  const begun = performance.now();
  try {
    if (current && !edited) editor.text = await prepare(current.name, readFields(), mine.signal);
    const answer = await ask(editor.text, `${ROWS}, text/turtle;q=0.9`, mine.signal);
    if (mine !== running) return; // what was asked meanwhile is what is shown
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    show(answer, seconds, editor.text);
  } catch (error) {
    if (mine !== running) return;
    say("");
    if (error.name === "AbortError") say("Stopped.");
    else fail(error.message === "Failed to fetch" ? "The server does not answer." : error.message);
  } finally {
    if (mine === running) {
      running = null;
      byId("stop").hidden = true;
    }
  }
}

function stop() {
  running?.abort();
  running = null;
  byId("stop").hidden = true;
}

function show(answer, seconds, sparql) {
  if (answer.type === "text/turtle") {
    showTriples(answer.text);
    say(`Triples in ${seconds} s`);
    offer(DOWNLOADS.triples, sparql);
    return;
  }
  const { head, results, boolean } = JSON.parse(answer.text);
  if (boolean !== undefined) {
    showTruth(boolean);
    say(`${seconds} s`);
    return;
  }
  const rows = results.bindings;
  say(`${rows.length.toLocaleString("en")} ${rows.length === 1 ? "row" : "rows"} in ${seconds} s`);
  if (rows.length) showRows(head.vars, rows, current, prefixes);
  offer(DOWNLOADS.rows, sparql);
}

function offer(formats, sparql) {
  const buttons = Object.entries(formats).map(([name, [accept, suffix]]) => {
    const button = element("button", { type: "button", className: "link" }, name);
    button.addEventListener("click", () => download(sparql, accept, `${current?.name ?? "answer"}.${suffix}`));
    return button;
  });
  const iri = /VALUES \?entity \{ <([^<>]*)> \}/.exec(sparql)?.[1];
  const map = iri ? [element("a", { href: `/graph#e=${encodeURIComponent(iri)}` }, "On the map")] : [];
  fill(byId("downloads"), ...map, ...buttons).hidden = false;
}

async function download(sparql, accept, name) {
  try {
    const { text, type } = await ask(sparql, accept);
    const address = URL.createObjectURL(new Blob([text], { type }));
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  } catch (error) {
    fail(error.message);
  }
}

function say(text) { byId("status").textContent = text; }

function fail(message) {
  const place = /line (\d+), column (\d+)/.exec(message);
  byId("error").hidden = !message;
  byId("error").textContent = message;
  if (place) {
    byId("source").open = true;
    editor.show(Number(place[1]), Number(place[2]));
  }
}

// A run of what the address does not yet say becomes the address, which runs it.
function submit() {
  const wanted = current && !edited ? link(current.name, readFields()) : link(OWN, { sparql: editor.text });
  if (wanted === location.hash) run();
  else location.hash = wanted;
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
byId("stop").addEventListener("click", () => running?.abort());
editor.onInput(() => {
  edited = true;
});
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
});
start().catch((error) => fail(error.message));
