// The time brush of the map: two range inputs, the brush that Vega draws and the list of places always say the same.
// Without this script the list and the map show the whole window.
"use strict";

(() => {
  const box = document.getElementById("brush");
  if (!box) return;
  const DAY = 86400000;
  const BRUSHED = "by_day"; // the chart below the map
  const FIELD = { field: "yearmonthdate_start", channel: "x", type: "R" };
  const starts = box.dataset.starts.split(" ");
  const span = Number(box.dataset.span);
  const from = document.getElementById("brush-from");
  const to = document.getElementById("brush-to");
  const told = document.getElementById("brush-told");
  const body = document.querySelector("tr[data-counts]").parentElement;
  const rows = [...body.children].map((row) => ({ row, counts: JSON.parse(row.dataset.counts) }));
  const plot = document.querySelector("#map [data-chart]");
  let view = null;
  let dirty = false; // whether the brush on the chart was moved since the map was last painted

  // The chart has its days begin at midnight where the reader is.
  const midnight = (day) => new Date(`${day}T00:00:00`).getTime();
  const range = () => [Number(from.value), Number(to.value)];
  const isWhole = () => range()[0] === 0 && range()[1] === starts.length - 1;
  const lastDay = (nth) => {
    const day = new Date(Date.parse(starts[nth]) + (span - 1) * DAY).toISOString().slice(0, 10);
    return day < box.dataset.until ? day : box.dataset.until;
  };

  const list = () => {
    const [first, last] = range();
    for (const item of rows) {
      const days = Object.entries(item.counts).filter(([day]) => starts[first] <= day && day <= starts[last]);
      item.number = days.reduce((sum, [, count]) => sum + count, 0);
      item.row.hidden = item.number === 0;
      item.row.querySelector(".number").textContent = item.number;
    }
    const shown = rows.filter((item) => item.number).sort((a, b) => b.number - a.number);
    body.append(...shown.map((item) => item.row));
    const sum = shown.reduce((total, item) => total + item.number, 0);
    told.textContent = `${starts[first]} to ${lastDay(last)}: ${sum} incidents in ${shown.length} places`;
    for (const [input, nth] of [[from, first], [to, last]]) input.setAttribute("aria-valuetext", starts[nth]);
  };

  // Vega-Lite keeps what is brushed in the data set "days_store": a tuple of the chart that is brushed and both ends.
  const paint = () => {
    if (!view) return;
    const [first, last] = range();
    const ends = [midnight(starts[first]), midnight(starts[last]) + (span - 0.5) * DAY];
    view.data("days_store", isWhole() ? [] : [{ unit: BRUSHED, fields: [FIELD], values: [ends] }]);
    view.runAsync();
  };

  const apply = (moved) => {
    if (Number(from.value) > Number(to.value)) (moved === from ? to : from).value = moved.value;
    list();
    paint();
  };

  const nearest = (time) => {
    const nth = starts.findLastIndex((day) => midnight(day) <= time);
    return Math.max(0, nth);
  };

  const brushed = (_, chosen) => {
    const ends = Object.values(chosen || {})[0];
    from.value = ends ? nearest(Number(ends[0])) : 0;
    to.value = ends ? nearest(Number(ends[1])) : starts.length - 1;
    dirty = true;
    list();
  };

  // Whoever drags over a bar means its day, though the brush began after midnight.
  const release = () => {
    if (dirty) paint();
    dirty = false;
  };

  const take = (event) => {
    view = event.detail.view;
    view.addSignalListener("days", brushed);
    if (!isWhole()) paint();
    box.dataset.ready = "true";
  };

  from.addEventListener("input", () => apply(from));
  to.addEventListener("input", () => apply(to));
  document.getElementById("brush-clear").addEventListener("click", () => {
    from.value = 0;
    to.value = starts.length - 1;
    list();
    paint();
  });
  document.addEventListener("pointerup", release);
  document.addEventListener("casus:chart", (event) => {
    if (event.target === plot) take(event);
  });
  box.hidden = false;
  list();
})();
