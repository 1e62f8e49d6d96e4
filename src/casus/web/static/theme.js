// Sets the theme before anything is drawn, and lets the button in the head of the page change it.
// "auto" follows the system; the choice is kept in this browser only.
"use strict";

(() => {
  const NEXT = { auto: "light", light: "dark", dark: "auto" };
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("casus-theme") || "auto";
    } catch {
      return "auto"; // storage is forbidden: the system's theme it is
    }
  };
  const apply = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    const word = document.querySelector("#theme span");
    if (word) word.textContent = theme;
    document.dispatchEvent(new Event("casus:theme"));
  };
  apply(read());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.hidden = false;
    apply(read());
    button.addEventListener("click", () => {
      const theme = NEXT[read()] || "auto";
      try {
        localStorage.setItem("casus-theme", theme);
      } catch {
        // it lasts as long as this page then
      }
      apply(theme);
    });
  });
})();
