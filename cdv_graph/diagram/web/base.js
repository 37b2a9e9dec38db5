"use strict";
// The parts of this script run one after the other in the scope of the page. Text from data is always set as text.
const at = (id) => document.getElementById("ui-" + id);
const data = JSON.parse(at("data").textContent);
const say = data.words;
const picture = at("picture");
const collator = new Intl.Collator(data.lang, { numeric: true, sensitivity: "base" });
const state = { view: null, hidden: new Map(data.facets.map((facet) => [facet.name, new Set()])), item: "", asked: "" };

// what a search compares: no accents, no case, no punctuation; letters of every script stay
const fold = (text) => text.replace(/[œŒ]/g, "oe").replace(/[æÆ]/g, "ae").normalize("NFKD").replace(/\p{M}/gu, "")
  .toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function element(name, text, parent, className) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) {
    made.textContent = text;
    made.dir = "auto"; // a label in another direction turns nothing around it
  }
  if (className) made.className = className;
  if (parent) parent.append(made);
  return made;
}

function button(text, parent, action) {
  const made = element("button", text, parent);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

// a document and its lines: one line is not told as a range
function place(line) {
  const [, document, first, last] = /^(.*):(\d+)-(\d+)$/.exec(line) || [];
  return first ? filled(say.line, { document, lines: first === last ? first : first + "–" + last }) : line;
}
