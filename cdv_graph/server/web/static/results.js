// What the endpoint answers, as people read it: a table, a graph, yes or no.

import { data, say } from "./editor.js";

const MOST = 1000; // rows of a table; the files have them all
const BASE = "https://w3id.org/contrat-de-ville/";
const BY_LENGTH = Object.entries(data.prefixes).sort((a, b) => b[1].length - a[1].length);

function element(name, text, held = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  Object.assign(made, held);
  return made;
}

function shorten(iri) {
  const found = BY_LENGTH.find(([, base]) => iri.startsWith(base) && iri.length > base.length);
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

// where this server shows what an IRI names, in the language of the page
function place(iri) {
  const path = iri.startsWith(BASE) && !iri.includes("#") ? iri.slice(BASE.length) : "";
  const lang = new URLSearchParams(location.search).get("lang");
  const asked = new URLSearchParams(lang ? { lang } : {});
  if (/^(id|vocab|graph)\//.test(path)) return `/${path.split("/").map(encodeURIComponent).join("/")}${lang ? `?${asked}` : ""}`;
  asked.set("iri", iri);
  return `/entity?${asked}`;
}

function cell(term) {
  const made = element("td", undefined, { dir: "auto" });
  if (!term) return made;
  if (term.type === "uri") made.append(element("a", shorten(term.value), { href: place(term.value), title: term.value }));
  else made.append(term.type === "bnode" ? `_:${term.value}` : term.value);
  const lang = term["xml:lang"];
  if (lang) made.append(element("span", ` ${lang}`, { className: "soft" }));
  return made;
}

function table(names, rows) {
  const made = element("table");
  const head = made.createTHead().insertRow();
  names.forEach((name) => head.append(element("th", name, { scope: "col" })));
  const body = made.createTBody();
  rows.slice(0, MOST).forEach((row) => body.insertRow().append(...names.map((name) => cell(row[name]))));
  return made;
}

// shows an answer in a holder; tells what it is in one line, and the formats that it may be had in
export async function show(response, holder) {
  const type = response.headers.get("Content-Type").split(";")[0];
  if (type !== "application/sparql-results+json") {
    holder.replaceChildren(element("pre", await response.text()));
    return [say("triples"), ["ttl", "nt", "jsonld"]];
  }
  const answer = await response.json();
  if ("boolean" in answer) {
    holder.replaceChildren(element("pre", say(answer.boolean ? "yes" : "no")));
    return [say(answer.boolean ? "yes" : "no"), ["json", "xml"]];
  }
  const rows = answer.results.bindings;
  holder.replaceChildren(table(answer.head.vars, rows));
  const count = rows.length.toLocaleString(data.lang);
  const told = rows.length ? say("rows", { count }) : say("none");
  const cut = rows.length > MOST ? ` · ${say("more", { count: MOST.toLocaleString(data.lang) })}` : "";
  return [told + cut, ["json", "csv", "tsv", "xml"]];
}
