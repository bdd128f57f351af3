// Elements, built without markup: a text is always text.

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role" || key === "list") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

export function fill(parent, ...children) {
  parent.replaceChildren(...children);
  return parent;
}

// Where a query leads: its name and parameters in the address, so that every answer has a link.
export function link(query, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  return "#" + new URLSearchParams([["q", query], ...given]);
}
