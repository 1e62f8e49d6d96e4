// Keys: an element with data-key is pressed by that key as if it were clicked, one with data-focus-key is focused.
// The dialog behind "?" lists them, and single keys can be turned off there (WCAG 2.1.4).
"use strict";

(() => {
  const STORED = "casus-keys";
  const dialog = document.getElementById("keys");
  const help = document.getElementById("help");
  const box = document.getElementById("keys-on");

  const stored = () => {
    try {
      return localStorage.getItem(STORED) !== "off";
    } catch {
      return true;
    }
  };
  const isTyping = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
  // What is in a closed box is not shown.
  const isShown = (element) => !element.disabled && element.checkVisibility();
  const find = (name, key) =>
    [...document.querySelectorAll(`[${name}]`)].find((e) => e.getAttribute(name) === key && isShown(e));

  const close = (details) => {
    details.open = false;
    details.querySelector("summary").focus();
  };
  const leave = (target) => {
    const details = target instanceof Element ? target.closest("details[open]") : null;
    if (details) close(details);
    else if (target instanceof HTMLElement) target.blur();
  };

  const list = () => {
    const named = [...document.querySelectorAll("[data-key], [data-focus-key]")];
    const rows = named.filter(isShown).flatMap((element) => {
      const term = document.createElement("dt");
      const told = document.createElement("dd");
      term.append(document.createElement("kbd"));
      term.firstChild.textContent = element.dataset.key || element.dataset.focusKey;
      told.textContent = element.dataset.keyWords || element.getAttribute("aria-label") || element.textContent.trim();
      return [term, told];
    });
    dialog.querySelector("dl").replaceChildren(...rows);
  };

  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) return;
    if (event.key === "Escape") {
      leave(event.target);
      return;
    }
    if (!box.checked || isTyping(event.target)) return;
    const field = find("data-focus-key", event.key);
    const element = field || find("data-key", event.key);
    if (!element) return;
    event.preventDefault();
    if (field) {
      field.focus();
      field.select?.();
    } else {
      element.focus();
      element.click();
    }
  };

  // An opened box with a form is for typing at once.
  const enter = (event) => {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.open) return;
    details.querySelector("[data-first]")?.focus();
  };

  help.hidden = false;
  box.checked = stored();
  document.body.classList.toggle("keyless", !box.checked);
  box.addEventListener("change", () => {
    document.body.classList.toggle("keyless", !box.checked);
    try {
      localStorage.setItem(STORED, box.checked ? "on" : "off");
    } catch {
      // it lasts as long as this page then
    }
  });
  help.addEventListener("click", () => {
    list();
    dialog.showModal();
  });
  for (const element of document.querySelectorAll("[data-key]")) {
    element.setAttribute("aria-keyshortcuts", element.dataset.key);
  }
  document.addEventListener("keydown", press);
  document.addEventListener("toggle", enter, true);
})();
