// What is seen, to a file: the whole picture as filtered and lit, wherever the window looks; the rows in their order.
const fileName = (ending) => (fold(state.view.title + " " + (views.size > 1 ? state.view.label : "")).replace(/ /g, "-") || "diagram") + "." + ending;

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function seen() {
  const copy = state.view.svg.cloneNode(true);
  const reading = copy.classList.contains("reading");
  for (const group of copy.querySelectorAll("g.item")) {
    if (group.classList.contains("out")) { group.remove(); continue; }
    if (reading && !group.classList.contains("lit")) group.setAttribute("opacity", "0.16");
    for (const name of ["role", "tabindex"]) group.removeAttribute(name);
    group.setAttribute("class", "item");
  }
  for (const name of ["style", "class", "aria-label"]) copy.removeAttribute(name);
  copy.setAttribute("role", "img");
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = state.view.title;
  copy.prepend(title);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy) + "\n";
}

function savePng() {
  const image = new Image();
  image.onload = () => {
    const { width, height } = state.view;
    // two dots per unit, unless no browser could hold them
    const scale = Math.min(2, 16000 / Math.max(width, height), Math.sqrt(1.2e8 / (width * height)));
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, fileName("png")), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(seen());
}

// RFC 4180; the mark at the start tells Excel that it is UTF-8
function csv() {
  const cell = (text) => (/[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const { columns } = state.view;
  const rows = [columns, ...tableRows().map((node) => columns.map((_, number) => node.record.row[number] || ""))];
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

const closing = (action) => () => { at("export").open = false; at("export").querySelector("summary").focus(); action(); };
at("svg").addEventListener("click", closing(() => save(new Blob([seen()], { type: "image/svg+xml" }), fileName("svg"))));
at("png").addEventListener("click", closing(savePng));
at("csv").addEventListener("click", closing(() => save(new Blob([csv()], { type: "text/csv;charset=utf-8" }), fileName("csv"))));
