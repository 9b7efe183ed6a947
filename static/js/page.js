// What the pages do beyond their HTML: everything here is a convenience; each form works without it.
(() => {
  "use strict";

  // "First opened" is told after a real interaction: a mail scanner that only loads the page is not seen.
  const seen = document.body.dataset.seen;
  if (seen) {
    const tell = (event) => {
      if (!event.isTrusted) return;
      for (const kind of kinds) removeEventListener(kind, tell);
      fetch(seen, { method: "POST", keepalive: true }).catch(() => {});
    };
    const kinds = ["pointerdown", "keydown", "touchstart"];
    for (const kind of kinds) addEventListener(kind, tell, { passive: true });
  }

  const prepare = (root) => {
    for (const button of root.querySelectorAll("[data-print], [data-copy]")) button.hidden = false;
  };
  prepare(document);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-print], [data-copy]");
    if (!button) return;
    if (button.matches("[data-print]")) return print();
    const field = document.querySelector(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value).catch(() => document.execCommand("copy"));
    say(button.dataset.said);
  });

  // One line for screen readers: it stands outside what is swapped, so it is read once.
  const say = (words) => {
    const live = document.querySelector("[data-live]");
    if (live && words) live.textContent = words;
  };

  document.addEventListener("htmx:after:swap", () => {
    prepare(document);
    const told = document.querySelector("[data-told]");
    if (told) say(told.dataset.told);
    const place = document.querySelector("#main [data-receipt], #main .problem h1");
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: false });
  });
})();
