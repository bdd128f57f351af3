// Answers: rows as a table whose names lead on, truth values as a word, triples as Turtle.

import { byId, element, fill, link } from "./dom.js";

const AT_ONCE = 500; // rows; the rest on request
const NUMBERS = /#(?:integer|decimal|double|float)$/;
const STATUSES = new Set(["asserted", "planned", "possible", "denied", "ended"]);

export function clear() { fill(byId("answer")); }

export function showTruth(value) {
  fill(byId("answer"), element("p", { className: "truth" }, value ? "Yes" : "No"));
}

export function showTriples(turtle) {
  const [names, body] = splitPrefixes(turtle);
  const used = names.filter((line) => body.includes(line.split(" ")[1]));
  fill(byId("answer"), element("pre", { className: "triples" }, [...used, body].join("\n") || "no triples"));
}

function splitPrefixes(turtle) {
  const lines = turtle.split("\n");
  const isPrefix = (line) => line.startsWith("@prefix ");
  return [lines.filter(isPrefix), lines.filter((line) => !isPrefix(line)).join("\n")];
}

// A variable may be called anything, "constructor" too.
const get = (row, name) => (Object.hasOwn(row, name) ? row[name] : undefined);

// Columns without a value are left out, and a sentence has the whole width below its row.
export function showRows(names, rows, query, prefixes) {
  const filled = names.filter((name) => rows.some((row) => get(row, name)));
  const columns = filled.filter((name) => name !== "sentence");
  const quoted = filled.includes("sentence") && columns.length ? "sentence" : null;
  const table = element("table", {}, header(quoted ? columns : filled, rows));
  const more = element("button", { type: "button", className: "more" });
  const record = (row) => element("tbody", {}, ...showRecord(quoted ? columns : filled, quoted, row, query, prefixes));
  let shown = 0;
  const grow = () => {
    table.append(...rows.slice(shown, shown + AT_ONCE).map(record));
    shown += AT_ONCE;
    const left = rows.length - shown;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(AT_ONCE, left)} more of ${left.toLocaleString("en")}`;
  };
  more.addEventListener("click", grow);
  grow();
  fill(byId("answer"), element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Rows" }, table), more);
}

function header(columns, rows) {
  const cells = columns.map((name) => {
    const first = rows.find((row) => get(row, name));
    return element("th", { scope: "col", className: kind(get(first, name)) }, name);
  });
  return element("thead", {}, element("tr", {}, ...cells));
}

function showRecord(columns, quoted, row, query, prefixes) {
  const cells = columns.map((name) => {
    const term = get(row, name);
    const cell = element("td", { className: kind(term), "data-label": name });
    if (term) cell.append(show(name, term, query, prefixes));
    return cell;
  });
  const lines = [element("tr", {}, ...cells)];
  if (quoted && row[quoted]) {
    const quote = element("q", { lang: "en" }, row[quoted].value);
    lines.push(element("tr", {}, element("td", { colSpan: columns.length, className: "quote" }, quote)));
  }
  return lines;
}

function kind(term) {
  if (!term) return "nothing";
  if (NUMBERS.test(term.datatype ?? "")) return "figure";
  return term.type === "literal" && term.value.length > 28 ? "long" : "";
}

function show(name, term, query, prefixes) {
  const { type, value } = term;
  if (type === "uri") return showIri(value, prefixes);
  const isName = query?.names.includes(name) && term["xml:lang"];
  if (isName) return element("a", { href: link("about", { entity: value }) }, value);
  if (query && name === "document") return element("a", { href: link("document", { document: value }) }, value);
  if (name === "status" && STATUSES.has(value)) return element("span", { className: `status ${value}` }, value);
  if (NUMBERS.test(term.datatype ?? "") && /^-?\d{5,}$/.test(value)) {
    return element("span", { title: value }, BigInt(value).toLocaleString("en"));
  }
  return value;
}

function showIri(iri, prefixes) {
  const to = (href) => element("a", { href, title: iri }, short(iri, prefixes));
  if (iri.startsWith(prefixes.e)) return to(link("about", { entity: iri }));
  if (iri.startsWith(prefixes.doc) && !iri.includes("#")) return to(link("document", { document: iri }));
  const isOurs = ["claim", "doc", "run"].some((prefix) => iri.startsWith(prefixes[prefix]));
  if (isOurs && !/[<>"{}|^`\\\s]/.test(iri)) return to(link("own", { sparql: `DESCRIBE <${iri}>` }));
  return element("span", { title: iri }, short(iri, prefixes));
}

export function short(iri, prefixes) {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    const local = iri.startsWith(namespace) ? iri.slice(namespace.length) : "";
    if (/^[\p{L}\p{N}_-]+$/u.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}
