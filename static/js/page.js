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
    if (live && words !== undefined && live.textContent !== words) live.textContent = words;
  };

  document.addEventListener("htmx:after:swap", (event) => {
    prepare(document);
    say(document.querySelector("[data-told]")?.dataset.told ?? "");
    const place = whatHappened(event.detail.ctx.request.action);
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus();
  });

  // The reader's place after an act: what is wrong, else the step's receipt, else the step.
  const whatHappened = (address) => {
    const step = /\/steps\/(\d+)\//.exec(address)?.[1];
    const places = ["#main .problem h1", step && `#step-${step} [data-receipt]`, step && `#step-${step}`];
    return places.map((place) => place && document.querySelector(place)).find(Boolean);
  };

  document.addEventListener("htmx:error", () => {
    say(document.querySelector("[data-unsent]")?.dataset.unsent);
  });
})();
