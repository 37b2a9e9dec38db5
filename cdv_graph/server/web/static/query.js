// The page where queries are written: runs them, shows the answer or the fault, keeps the query in the address.

import { data, edit, prologue, say } from "./editor.js";
import { show } from "./results.js";
import { startFromQuestions } from "./start.js";

const ui = (id) => document.getElementById(id);
const TYPES = {
  json: "application/sparql-results+json",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  xml: "application/sparql-results+xml",
  ttl: "text/turtle",
  nt: "application/n-triples",
  jsonld: "application/ld+json",
};
const ANY = `${TYPES.json}, ${TYPES.ttl};q=0.9`;
const NAMES = { json: "JSON", csv: "CSV", tsv: "TSV", xml: "XML", ttl: "Turtle", nt: "N-Triples", jsonld: "JSON-LD" };

let running = null;
let asked = "";
let marked = null;

const yasqe = edit(ui("editor"), ui("label").textContent, () => run());

function send(text, accept, signal) {
  const headers = { Accept: accept, "Accept-Language": data.lang, "Content-Type": "application/sparql-query" };
  return fetch("/sparql", { method: "POST", headers, body: prologue(text) + text, signal });
}

function unmark() {
  if (marked !== null) yasqe.getDoc().removeLineClass(marked, "background", "fault-line");
  marked = null;
}

// tells a fault, and shows in the editor the line where it is
async function tell(response) {
  const told = await response.json().catch(() => null);
  const line = Number(told?.line ?? 0);
  ui("fault").textContent = (line ? `${say("line", { line })} : ` : "") + (told?.detail ?? `${response.status} ${response.statusText}`);
  ui("fault").hidden = false;
  if (line < 1 || line > yasqe.getDoc().lineCount()) return;
  const shift = line === 1 ? prologue(asked).length : 0;
  marked = yasqe.getDoc().addLineClass(line - 1, "background", "fault-line");
  yasqe.getDoc().setCursor({ line: line - 1, ch: Math.max(0, Number(told.column ?? 1) - 1 - shift) });
  yasqe.focus();
}

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  asked = yasqe.getValue();
  history.replaceState(null, "", `#${new URLSearchParams({ query: asked })}`);
  unmark();
  for (const id of ["fault", "downloads", "result", "told"]) ui(id).hidden = true;
  ui("outcome").hidden = false;
  ui("stop").hidden = false;
  ui("asking").dataset.state = "running";
  ui("state").textContent = say("running");
  const began = performance.now();
  let said = "";
  try {
    const response = await send(asked, ANY, mine.signal);
    if (response.ok) {
      const [told, forms] = await show(response, ui("result"));
      const seconds = ((performance.now() - began) / 1000).toLocaleString(data.lang, { maximumFractionDigits: 2 });
      said = `${told}, ${say("took", { seconds })}`;
      offer(forms);
      ui("result").hidden = false;
    } else await tell(response);
  } catch (error) {
    said = say(error.name === "AbortError" ? "stopped" : "unreachable");
  }
  if (running !== mine) return; // another query was sent meanwhile
  running = null;
  ui("stop").hidden = true;
  ui("state").textContent = said;
  ui("asking").dataset.state = "done";
}

function offer(forms) {
  ui("downloads").querySelectorAll("button").forEach((button) => button.remove());
  for (const form of forms) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: NAMES[form] });
    button.addEventListener("click", () => download(form));
    ui("downloads").append(" ", button);
  }
  ui("downloads").hidden = false;
}

async function download(form) {
  const response = await send(asked, TYPES[form]).catch(() => null);
  if (!response?.ok) {
    if (response) await tell(response);
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `resultat.${form}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function loaded(text, note) {
  yasqe.setValue(text.trimEnd());
  unmark();
  ui("outcome").hidden = !note;
  ui("told").textContent = note;
  ui("told").hidden = !note;
  for (const id of ["fault", "downloads", "result"]) ui(id).hidden = true;
  history.replaceState(null, "", `#${new URLSearchParams({ query: yasqe.getValue() })}`);
}

const start = startFromQuestions(loaded);

// what the address asks for: a query, or a question with its parameters
function read() {
  const { question, query, ...values } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (query) yasqe.setValue(query);
  else if (question) start(question, values);
}

ui("asking").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
ui("stop").addEventListener("click", () => running?.abort());
window.addEventListener("hashchange", read);
read();
document.documentElement.dataset.ready = "yes";
