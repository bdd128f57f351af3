// A plain text area with coloured words behind it: no library, and nothing that a screen reader does not know.

import { byId, element, fill } from "./dom.js";

const area = byId("sparql");
const colours = byId("colours");
const WORDS = new RegExp([
  /(?<comment>#[^\n]*)/,
  /(?<iri><[^<>"{}|^`\\\s]*>)/,
  /(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/,
  /(?<variable>[?$]\w+)/,
  /(?<name>[A-Za-z_][\w.-]*:[\w.-]*|:[\w-]+)/,
  /(?<keyword>\b(?:SELECT|CONSTRUCT|DESCRIBE|ASK|WHERE|FROM|NAMED|PREFIX|BASE|DISTINCT|REDUCED|AS|GRAPH|OPTIONAL|UNION|MINUS|FILTER|BIND|VALUES|EXISTS|NOT|IN|GROUP|ORDER|BY|HAVING|LIMIT|OFFSET|ASC|DESC|UNDEF|a)\b)/,
  /(?<number>\b\d+(?:\.\d+)?\b)/,
].map((part) => part.source).join("|"), "gi");

function paint() {
  const text = area.value;
  const pieces = [];
  let at = 0;
  for (const found of text.matchAll(WORDS)) {
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    pieces.push(text.slice(at, found.index), element("span", { className: kind }, found[0]));
    at = found.index + found[0].length;
  }
  fill(colours, ...pieces, text.slice(at), "\n");
  area.rows = Math.min(Math.max(text.split("\n").length + 1, 6), 32);
  follow();
}

function follow() {
  colours.scrollLeft = area.scrollLeft;
  colours.scrollTop = area.scrollTop;
}

area.addEventListener("input", paint);
area.addEventListener("scroll", follow);

export const editor = {
  get text() { return area.value; },
  set text(value) {
    area.value = value;
    paint();
  },
  onInput(handler) { area.addEventListener("input", handler); },
  // Put the cursor where an error message says that it is.
  show(line, column) {
    const before = area.value.split("\n").slice(0, line - 1).join("\n");
    const at = Math.min(before.length + (line > 1 ? 1 : 0) + column - 1, area.value.length);
    area.focus();
    area.setSelectionRange(at, Math.min(at + 1, area.value.length));
  },
};
