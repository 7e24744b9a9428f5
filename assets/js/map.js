/* Puts the places of a list on a map beside it. The list says everything; the map only shows where. */
(() => {
  "use strict";
  const wide = window.matchMedia("(min-width: 64.01rem)");
  let map = null;

  function draw() {
    const box = document.querySelector("[data-map]");
    const places = [...document.querySelectorAll("[data-lat][data-lon]")].filter((row) => row.dataset.lat);
    if (!box || !places.length || !wide.matches || box.classList.contains("leaflet-container")) return;

    map?.remove();
    map = L.map(box, { scrollWheelZoom: false, attributionControl: Boolean(box.dataset.tiles) });
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution }).addTo(map);
    L.control.scale().addTo(map);

    const points = places.map((row, index) => {
      const point = [Number(row.dataset.lat), Number(row.dataset.lon)];
      const icon = L.divIcon({ className: "map-pin", html: String(index + 1), iconSize: [26, 26] });
      const name = row.querySelector(".who, b, a")?.textContent.trim() ?? "";
      const pin = L.marker(point, { icon, keyboard: false, title: name }).addTo(map);
      const light = (on) => pin.getElement()?.classList.toggle("on", on);
      row.addEventListener("mouseenter", () => light(true));
      row.addEventListener("mouseleave", () => light(false));
      row.addEventListener("focusin", () => light(true));
      row.addEventListener("focusout", () => light(false));
      pin.on("click", () => {
        row.scrollIntoView({ block: "center" });
        row.querySelector("a, button, input")?.focus({ preventScroll: true });
      });
      return point;
    });
    map.fitBounds(points, { padding: [24, 24], maxZoom: 14 });
  }

  draw();
  document.addEventListener("htmx:afterSwap", draw);
})();
