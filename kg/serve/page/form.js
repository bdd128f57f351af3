// The list of shipped queries, and the fields of the one that is chosen.

import { byId, element, fill, link } from "./dom.js";
import { suggestions } from "./endpoint.js";

const PATIENCE = 150; // milliseconds between the last letter and the question for names

export function listQueries(queries, own) {
  const items = queries.map((query) => entry(query.name, query.description));
  fill(byId("queries"), entry(own, "Write it yourself, in SPARQL."), ...items);
}

function entry(name, description) {
  const shown = name === "own" ? "your own" : name.replaceAll("-", " ");
  const title = element("b", {}, shown[0].toUpperCase() + shown.slice(1));
  const brief = description.split(/[:;] /)[0].replace(/\.$/, "");
  return element("a", { href: link(name), title: description }, title, element("span", {}, brief));
}

export function mark(name) {
  for (const item of byId("queries").children) {
    const chosen = item.getAttribute("href") === link(name);
    if (!chosen) item.removeAttribute("aria-current");
    else {
      item.setAttribute("aria-current", "page");
      item.scrollIntoView({ block: "nearest" });
    }
  }
}

export function showFields(query, values) {
  fill(byId("fields"), ...query.parameters.map((parameter) => field(parameter, values[parameter.name] ?? "")));
}

export function readFields() {
  const inputs = [...byId("fields").querySelectorAll("input")];
  return Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]).filter(([, value]) => value));
}

export function missing() {
  return [...byId("fields").querySelectorAll("input")].find((input) => input.required && !input.value.trim());
}

function field(parameter, value) {
  const { name, type, description, required, default: usual } = parameter;
  const id = `field-${name}`;
  const places = { "first day": "2024-06", "last day": "2024-06" };
  const input = element("input", {
    id, name, value, required, list: `${id}-names`, autocomplete: "off", spellcheck: false,
    placeholder: usual || places[type] || (required ? "" : "any"),
    inputMode: ["number", "limit"].includes(type) ? "decimal" : "text",
    "aria-describedby": `${id}-hint`,
  });
  const names = element("datalist", { id: `${id}-names` });
  suggest(input, type, names);
  const title = element("label", { htmlFor: id }, name, ...(required ? [element("i", {}, " required")] : []));
  return element("div", { className: "field" }, title, input, element("small", { id: `${id}-hint` }, description), names);
}

function suggest(input, type, names) {
  let waiting = 0;
  const look = async () => {
    try {
      const found = await suggestions(type, input.value.trim());
      fill(names, ...found.map((value) => element("option", { value })));
    } catch { /* a field without suggestions is still a field */ }
  };
  input.addEventListener("focus", look, { once: true });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PATIENCE);
  });
}
