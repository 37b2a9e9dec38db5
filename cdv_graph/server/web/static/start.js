// From a question to its query: its parameters as fields, its SPARQL with the values bound from the server.

import { data, say, tidied } from "./editor.js";

const byName = new Map(data.subjects.flatMap((subject) => subject.questions).map((one) => [one.name, one]));
const form = document.getElementById("questions");
const choice = document.getElementById("question");
const fault = document.getElementById("start-fault");

function field(parameter, value) {
  const holder = document.createElement("div");
  holder.className = "field parameter";
  const label = document.createElement("label");
  label.htmlFor = `p-${parameter.name}`;
  label.textContent = parameter.name;
  const input = document.createElement(parameter.choices.length ? "select" : "input");
  for (const one of parameter.choices.length ? ["", ...parameter.choices] : []) input.append(new Option(one || parameter.default || "–", one));
  Object.assign(input, { id: label.htmlFor, name: parameter.name, value, required: parameter.required, dir: "auto" });
  const hint = document.createElement("span");
  Object.assign(hint, { className: "hint", id: `d-${parameter.name}`, textContent: parameter.description });
  input.setAttribute("aria-describedby", hint.id);
  holder.append(label, input, hint);
  return holder;
}

function choose(name, values = {}) {
  choice.value = name;
  const asked = byName.get(name);
  form.querySelectorAll(".parameter").forEach((one) => one.remove());
  fault.hidden = true;
  form.querySelector("button").disabled = !asked;
  if (!asked) return;
  form.lastElementChild.before(...asked.parameters.map((one) => field(one, values[one.name] ?? "")));
}

// the SPARQL of a question with its values bound, or nothing where the fault is told
async function load(name, values) {
  const asked = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  asked.set("format", "sparql");
  asked.set("lang", data.lang);
  const response = await fetch(`/questions/${encodeURIComponent(name)}?${asked}`, { headers: { Accept: "application/problem+json" } }).catch(() => null);
  if (response?.ok) return tidied(await response.text());
  const told = await response?.json().catch(() => null);
  fault.textContent = told?.detail ?? say("unreachable");
  fault.hidden = false;
  document.getElementById("start").open = true;
  return null;
}

// lets questions be chosen; `loaded` is called with the query of the one that was
export function startFromQuestions(loaded) {
  for (const subject of data.subjects) {
    const group = document.createElement("optgroup");
    group.label = subject.title;
    group.append(...subject.questions.map((one) => new Option(one.title, one.name)));
    choice.append(group);
  }
  document.getElementById("start").hidden = false;
  const read = async (name, values) => {
    const text = await load(name, values);
    if (text !== null) loaded(text, byName.get(name).finished ? say("finished") : "");
  };
  choice.addEventListener("change", () => choose(choice.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    read(choice.value, Object.fromEntries(new FormData(form)));
  });
  return (name, values) => {
    if (!byName.has(name)) return;
    choose(name, values);
    read(name, values);
  };
}
