"use strict";
// Narrows the findings, and lets the tables behind figures be sorted and narrowed. Without it the page is whole, only longer.
{
  const field = (label, change) => {
    const box = document.createElement("label"), input = document.createElement("input");
    box.className = "narrowing";
    input.type = "search";
    input.addEventListener("input", () => change(input.value.trim().toLowerCase()));
    box.append(label, " ", input);
    return box;
  };
  const narrow = (parts, asked) => parts.forEach(part => { part.hidden = !part.textContent.toLowerCase().includes(asked); });

  const findings = document.querySelector("#findings ol");
  if (findings) {
    const items = [...findings.children];
    findings.before(field("Only findings with", asked => {
      narrow(items, asked);
      items.forEach(item => {
        const card = document.getElementById(item.querySelector("a").getAttribute("href").slice(1));
        if (card) card.hidden = item.hidden;
      });
    }));
  }

  const worth = text => {
    const number = Number(text.replace(/[,%<\s]/g, "").split("to")[0]);
    return text.trim() && !Number.isNaN(number) ? number : null;
  };
  const order = (one, other) => {
    const [a, b] = [worth(one), worth(other)];
    if (a !== null && b !== null) return a - b;
    return a !== null ? -1 : b !== null ? 1 : one.localeCompare(other, "en");
  };
  const sort = (table, column, heads) => {
    const down = heads[column].getAttribute("aria-sort") === "ascending";
    const rows = [...table.tBodies[0].rows];
    rows.sort((one, other) => (down ? -1 : 1) * order(one.cells[column].textContent, other.cells[column].textContent));
    heads.forEach(head => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
    table.tBodies[0].append(...rows);
  };
  for (const table of document.querySelectorAll(".figure table")) {
    const rows = [...table.tBodies[0].rows], heads = [...table.tHead.rows[0].cells];
    if (rows.length > 1) heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, heads));
      head.append(button);
    });
    if (rows.length > 8) table.parentElement.before(field("Only rows with", asked => narrow(rows, asked)));
  }

  const open = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = place && place.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      place.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  open();
}
