// Shows which event a word belongs to: what is under the pointer or focused lights up with all else of its event.
"use strict";

(() => {
  const every = [...document.querySelectorAll("[data-events]")];
  const light = (events) => {
    for (const element of every) {
      const own = element.dataset.events.split(" ");
      element.classList.toggle("lit", events.some((event) => own.includes(event)));
    }
  };
  const at = (target) => {
    const element = target instanceof Element ? target.closest("[data-events]") : null;
    light(element ? element.dataset.events.split(" ") : []);
  };
  document.addEventListener("pointerover", (event) => at(event.target));
  document.addEventListener("focusin", (event) => at(event.target));
})();
