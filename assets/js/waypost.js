/* Makes pages quicker to use. Every page works without it; nothing here decides anything. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---- a form is sent once, and the button says that it is working
  const ask = $("#ask");
  const working = ask ? ask.dataset.working : "…";

  function release(form) {
    delete form.dataset.sent;
    for (const button of $$("[data-said]", form)) {
      button.textContent = button.dataset.said;
      button.removeAttribute("data-said");
      button.removeAttribute("aria-disabled");
    }
  }

  function sendOnce(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter;
    setTimeout(() => {
      if (!button || !form.dataset.sent || !button.classList.contains("btn")) return;
      button.dataset.said = button.textContent;
      button.setAttribute("aria-disabled", "true");
      button.textContent = working;
    });
    setTimeout(() => release(form), 30000);
  }

  // ---- ask before what cannot be undone: <form data-confirm="What will happen">
  let asked = null;

  function confirmFirst(event) {
    const form = event.target;
    const words = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (!words || !ask || form === asked) {
      asked = null;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter;
    $("#ask-words").textContent = words;
    $("[data-no]", ask).onclick = () => ask.close();
    $("[data-yes]", ask).onclick = () => {
      ask.close();
      asked = form;
      form.requestSubmit(button);
    };
    ask.showModal();
  }

  document.addEventListener("submit", confirmFirst, true);
  document.addEventListener("submit", sendOnce, true);
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach(release));

  // ---- undo counts down, then goes away
  function countDown(form) {
    const left = $("[data-left]", form);
    let seconds = Number(form.dataset.undo);
    const tick = setInterval(() => {
      seconds -= 1;
      if (seconds > 0) {
        if (left) left.textContent = left.textContent.replace(/\d+/, seconds);
        return;
      }
      clearInterval(tick);
      if (form.contains(document.activeElement)) $("#main")?.focus();
      form.remove();
    }, 1000);
    form.removeAttribute("data-undo");
    form.dataset.undoing = "yes";
  }

  // ---- tables shown as cards keep their meaning for screen readers
  function nameTables(root) {
    const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
    for (const table of $$("table.cards", root)) {
      for (const [tag, role] of Object.entries(roles)) {
        for (const node of tag === "table" ? [table] : $$(tag, table)) node.setAttribute("role", role);
      }
      for (const head of $$("th", table)) {
        head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
      }
    }
  }

  function wake(root) {
    $$("form[data-undo]", root).forEach(countDown);
    nameTables(root);
  }

  // ---- menus made of <details> close on Escape and on a click elsewhere
  function closeMenus(except) {
    for (const menu of $$("details.menu[open]")) if (menu !== except) menu.open = false;
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const opener = event.target.closest("[data-open]");
    if (opener) $(`#${opener.dataset.open}`)?.showModal();
    if (event.target.closest("[data-print]")) window.print();
  });

  // ---- keys: / search, g and a letter, j k in lists, ? help
  const shortcuts = "waypost-shortcuts";
  const goes = new Map();
  let going = false;

  function nameGoes() {
    const list = $("#keys .keys");
    if (!list) return;
    for (const link of $$(".nav a")) {
      const words = link.firstChild.textContent.trim();
      const letter = [...words.toLowerCase()].find((sign) => /\p{L}/u.test(sign) && !goes.has(sign));
      if (!letter) continue;
      goes.set(letter, link);
      const term = document.createElement("dt");
      term.innerHTML = "<kbd>g</kbd> <kbd></kbd>";
      term.lastChild.textContent = letter;
      const detail = document.createElement("dd");
      detail.textContent = words;
      list.append(term, detail);
    }
    for (const opener of $$("[data-open='keys']")) opener.hidden = false;
    const box = $("[data-keys-on]");
    box.checked = localStorage.getItem(shortcuts) !== "off";
    box.addEventListener("change", () => localStorage.setItem(shortcuts, box.checked ? "on" : "off"));
  }

  function step(by) {
    const rows = $$("main .rows > li, main tbody tr, main .pick").filter((row) => $("a, button, input, summary", row));
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[now < 0 ? 0 : now + by];
    if (!next) return;
    $("a, button, input, summary", next).focus();
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = $("details.menu[open]");
      closeMenus(null);
      if (open?.contains(document.activeElement)) $("summary", open).focus();
    }
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(shortcuts) === "off") return;
    const go = going && goes.get(event.key);
    going = false;
    if (go) go.click();
    else if (event.key === "/" && $("#find")) $("#find").focus();
    else if (event.key === "?" && $("#keys")) $("#keys").showModal();
    else if (event.key === "i" && $("#front-desk")) $("#front-desk").requestSubmit();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else {
      going = event.key === "g";
      return;
    }
    event.preventDefault();
  });

  // ---- htmx: the CSRF token goes along, focus stays where it was
  let focused = null;
  document.addEventListener("htmx:configRequest", (event) => {
    const token = $("[name=csrfmiddlewaretoken]");
    if (event.detail.verb !== "get" && token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // what was refused, or is gone, says so in the page and shows what was typed
    if ([410, 422].includes(event.detail.xhr?.status)) event.detail.shouldSwap = true;
    const at = document.activeElement;
    focused = at && at !== document.body ? at.id || at.getAttribute("name") : null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.elt;
    wake(target);
    if (document.activeElement && document.activeElement !== document.body) return;
    const again = focused && (document.getElementById(focused) || $(`[name="${CSS.escape(focused)}"]`, target));
    const to = again || $("[data-focus]", target) || target;
    if (!to.matches("a, button, input, select, textarea, summary, [tabindex]")) to.tabIndex = -1;
    to.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form) release(form);
  });

  // ---- leaving in a hurry: the page goes blank, another one takes its place in the history
  function leave(link) {
    document.title = "";
    document.documentElement.hidden = true;
    location.replace(link.href);
  }
  let escapedAt = 0;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-exit]");
    if (!link) return;
    event.preventDefault();
    leave(link);
  });
  document.addEventListener("keydown", (event) => {
    const link = $("[data-exit]");
    if (event.key !== "Escape" || !link) return;
    if (event.timeStamp - escapedAt < 1500) leave(link);
    escapedAt = event.timeStamp;
  }, true);
  for (const words of $$("[data-exit-keys]")) words.hidden = false;

  // ---- front-desk view: who was shown for a moment is hidden again, unless something is being typed
  let typing = false;
  document.addEventListener("input", () => (typing = true));
  function hideAgain() {
    const seconds = Number($("[data-hide-in]")?.dataset.hideIn || 0);
    if (!seconds) return;
    const tick = () => (typing ? setTimeout(tick, 10000) : location.replace(location.href));
    setTimeout(tick, (seconds + 1) * 1000);
  }
  hideAgain();

  wake(document);
  nameGoes();
  $("[data-focus]")?.focus();
})();
