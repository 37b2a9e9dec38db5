// The editor: Yasqe, with completions of our own and none of those that ask the network.

export const data = JSON.parse(document.getElementById("data").textContent);

// words with their placeholders filled
export const say = (key, held = {}) => data.words[key].replace(/\{(\w+)\}/g, (_, name) => held[name]);

const declared = (text) => new Set([...text.matchAll(/\bPREFIX\s+([\w-]*):/gi)].map((found) => found[1]));
const used = (text) => new Set([...text.matchAll(/([A-Za-z][\w-]*):/g)].map((found) => found[1]));

// the prefixes that a text uses without declaring them, all on one line, so that its lines keep their numbers
export function prologue(text) {
  const known = declared(text);
  const missing = [...used(text)].filter((name) => Object.hasOwn(data.prefixes, name) && !known.has(name));
  return missing.map((name) => `PREFIX ${name}: <${data.prefixes[name]}> `).join("");
}

// a query without the declarations of ours that it does not use
export function tidied(text) {
  const lines = text.split("\n");
  const body = lines.filter((line) => !/^PREFIX /.test(line)).join("\n");
  const needed = used(body);
  const kept = lines.filter((line) => !/^PREFIX /.test(line) || needed.has(/^PREFIX ([\w-]*):/.exec(line)[1]));
  return kept.join("\n");
}

function completer(terms) {
  const word = (yasqe) => yasqe.getCompleteToken();
  return {
    name: "terms",
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => !["?", "$", '"', "'", "<"].includes(word(yasqe).string[0]),
    preProcessToken: (yasqe, token) => ({ ...token, autocompletionString: token.string.trim() }),
    get: (yasqe, token) => {
      const begun = token ? token.string.trim() : "";
      const at = (name) => begun.includes(":") === name.includes(":") || !name.endsWith(":");
      return terms.filter((name) => name.startsWith(begun) && at(name)).slice(0, 100);
    },
  };
}

export function edit(holder, label, run) {
  const area = holder.querySelector("textarea");
  const text = area.value.trimEnd();
  area.remove();
  const { Yasqe } = window;
  const terms = [...Object.keys(data.prefixes).map((name) => `${name}:`), ...data.terms];
  Yasqe.registerAutocompleter(completer(terms), false);
  Yasqe.defaults.autocompleters = ["variables", "terms"];
  const yasqe = new Yasqe(holder, {
    value: text,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: undefined,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    screenReaderLabel: label,
  });
  // Tab leaves the editor: nobody is kept in by the keyboard
  yasqe.addKeyMap({ "Ctrl-Enter": run, "Cmd-Enter": run, Tab: false, "Shift-Tab": false });
  return yasqe;
}
