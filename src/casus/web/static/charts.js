// Draws every [data-chart] from the Vega-Lite specification whose element it names; redraws when the theme changes.
// Expressions run in Vega's interpreter: the page's Content-Security-Policy allows no eval.
// The view of a drawn chart is in element.view; the event "casus:chart" tells that it is there.
"use strict";

(() => {
  const root = document.documentElement;
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  // To those who cannot see it the element is one image with a description, and not a hundred unnamed marks; Vega sets
  // its own words there, which are put back. What is wider than its box scrolls by keys, too.
  const tell = (element) => {
    element.removeAttribute("aria-roledescription");
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", element.dataset.label);
    const drawing = element.querySelector("svg");
    drawing.setAttribute("aria-hidden", "true");
    for (const link of drawing.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  };

  const draw = async (element) => {
    const theme = isDark() ? "dark" : "light";
    const spec = JSON.parse(document.getElementById(element.dataset.chart).textContent);
    spec.config = { ...window.casusThemes[theme], background: null };
    const options = {
      mode: "vega-lite",
      actions: false,
      ast: true,
      defaultStyle: false,
      renderer: "svg",
      tooltip: { disableDefaultStyle: true, theme },
    };
    element.view?.finalize();
    element.dataset.label ??= element.getAttribute("aria-label");
    const result = await window.vegaEmbed(element, spec, options);
    element.view = result.view;
    tell(element);
    element.dataset.drawn = theme;
    element.dispatchEvent(new CustomEvent("casus:chart", { bubbles: true, detail: result }));
  };

  const drawAll = () => {
    for (const element of document.querySelectorAll("[data-chart]")) {
      draw(element).catch((error) => {
        element.dataset.failed = String(error);
        element.closest("figure")?.querySelector("details")?.setAttribute("open", "");
      });
    }
  };

  drawAll();
  addEventListener("resize", () => {
    for (const element of document.querySelectorAll("[data-drawn]")) tell(element);
  });
  document.addEventListener("casus:theme", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
})();
