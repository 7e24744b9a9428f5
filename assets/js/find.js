/* Results that refresh in place: what was open stays open, focus stays where it was, and it is said aloud. */
(() => {
  "use strict";
  let open = [];
  let focused = "";

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "found") return;
    open = [...event.detail.target.querySelectorAll("details[open][id]")].map((each) => each.id);
    focused = document.activeElement?.id ?? "";
  });

  document.addEventListener("htmx:afterSwap", () => {
    const found = document.getElementById("found");
    if (!found) return;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const said = document.getElementById("found-said");
    if (said) said.textContent = found.dataset.said ?? "";
    const here = document.activeElement;
    if (here && here !== document.body && here.isConnected) return;
    const again = document.getElementById(focused) ?? document.getElementById("found-title");
    again?.focus({ preventScroll: true });
  });
})();
