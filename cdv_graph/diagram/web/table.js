// The same as a table: the rows of the view that the filters keep, made only once it is asked for.
const SLICE = 300;
const order = { column: -1, down: false };
let filling = 0;

function tableRows() {
  const rows = state.view.nodes.filter((node) => node.record.row && !node.out);
  if (order.column < 0) return rows;
  const sign = order.down ? -1 : 1;
  const cell = (node) => node.record.row[order.column] || "";
  return rows.sort((a, b) => sign * collator.compare(cell(a), cell(b)) || a.order - b.order);
}

function tableRow(node) {
  const line = document.createElement("tr");
  line.dataset.item = node.record.id;
  if (node.record.id === state.item) line.className = "chosen";
  const columns = state.view.columns.length;
  const back = Math.max(node.record.row.indexOf(node.record.label), 0);
  for (let column = 0; column < columns; column++) {
    const text = node.record.row[column] || "";
    if (column !== back) { element("td", text, line); continue; }
    const go = button(text || "→", element("td", null, line), () => choose(node.record.id));
    go.title = filled(say.see, { label: node.record.label });
  }
  return line;
}

function fillTable() {
  const table = at("table");
  cancelAnimationFrame(filling);
  if (table.hidden) return;
  const heads = state.view.columns.map((column, number) => {
    const head = document.createElement("th");
    head.scope = "col";
    head.setAttribute("aria-sort", order.column !== number ? "none" : order.down ? "descending" : "ascending");
    const sort = button(column, head, () => {
      Object.assign(order, { column: number, down: order.column === number && !order.down });
      fillTable();
      table.querySelectorAll("th button")[number].focus();
    });
    sort.title = filled(say.sort, { column });
    return head;
  });
  table.querySelector("thead tr").replaceChildren(...heads);
  const rows = tableRows();
  const total = state.view.nodes.filter((node) => node.record.row).length;
  at("count").textContent = filled(say.rows, { n: rows.length, total });
  const body = table.querySelector("tbody");
  body.replaceChildren();
  const more = (start) => {
    body.append(...rows.slice(start, start + SLICE).map(tableRow));
    if (start + SLICE < rows.length) filling = requestAnimationFrame(() => more(start + SLICE));
  };
  more(0);
}

function markRow() {
  for (const line of at("table").querySelectorAll("tr.chosen")) line.classList.remove("chosen");
  const line = at("table").querySelector(`tr[data-item="${CSS.escape(state.item)}"]`);
  if (line) line.classList.add("chosen");
}

at("to-table").addEventListener("click", () => {
  at("table").hidden = !at("table").hidden;
  at("to-table").setAttribute("aria-pressed", String(!at("table").hidden));
  fillTable();
  fit();
  const chosen = state.view.byId.get(state.item);
  if (chosen) reveal(chosen);
});
