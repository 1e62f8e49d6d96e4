// The form for a correction: puts in the value that the chosen slot has, and shows how its values are written.
"use strict";

(() => {
  const slot = document.getElementById("slot");
  const value = document.getElementById("value");
  const hint = document.getElementById("hint");
  if (!slot) return;
  const show = () => {
    const chosen = slot.selectedOptions[0];
    value.value = chosen.dataset.value;
    value.setAttribute("list", `values-${chosen.value}`);
    hint.textContent = chosen.dataset.hint || "";
  };
  slot.addEventListener("change", show);
  show();
})();
