/* A signature drawn with a finger, a pen or a mouse. Without this script the name is typed instead. */
(() => {
  "use strict";
  const box = document.querySelector("[data-sign]");
  const canvas = box?.querySelector("canvas");
  const kept = document.querySelector("input[name=drawing]");
  if (!box || !canvas || !kept) return;
  const pen = canvas.getContext("2d");
  let last = null;

  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    kept.value = "";
  };
  const at = (event) => {
    const edge = canvas.getBoundingClientRect();
    return [
      ((event.clientX - edge.left) * canvas.width) / edge.width,
      ((event.clientY - edge.top) * canvas.height) / edge.height,
    ];
  };
  const show = () => {
    const how = document.querySelector("input[name=captured]:checked")?.value;
    box.hidden = how !== "drawn";
    for (const each of document.querySelectorAll("[data-when]")) {
      each.hidden = !each.dataset.when.split(" ").includes(how);
    }
  };

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = at(event);
    pen.strokeStyle = "#1b1b1b";
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => {
      if (last) kept.value = canvas.toDataURL("image/png");
      last = null;
    });
  }
  box.querySelector("[data-sign-clear]")?.addEventListener("click", clear);
  for (const each of document.querySelectorAll("input[name=captured]")) each.addEventListener("change", show);
  clear();
  show();
})();
