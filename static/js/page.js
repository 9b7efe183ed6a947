// What the pages do beyond their HTML: everything here is a convenience; each form works without it.
(() => {
  "use strict";

  // "First opened" is noted after a real interaction: a mail scanner that only loads the page is not seen.
  const seen = document.body.dataset.seen;
  if (seen) {
    const note = (event) => {
      if (!event.isTrusted) return;
      for (const kind of kinds) removeEventListener(kind, note);
      fetch(seen, { method: "POST", keepalive: true }).catch(() => {});
    };
    const kinds = ["pointerdown", "keydown", "touchstart"];
    for (const kind of kinds) addEventListener(kind, note, { passive: true });
  }

  const prepare = (root) => {
    for (const button of root.querySelectorAll("[data-print], [data-copy]")) button.hidden = false;
  };
  prepare(document);

  // A talk's time as the reader's own clock shows it, where that differs from the plan's.
  const ownTimes = (root) => {
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    for (const time of root.querySelectorAll("time[data-zone]")) {
      const at = new Date(time.dateTime);
      const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
      const shown = (timeZone, day) => at.toLocaleString(language, { timeZone, ...clock, ...day });
      const dayIn = (timeZone) => at.toLocaleDateString("en", { timeZone });
      const day = { weekday: "short", day: "numeric", month: "short" };
      const theirs = Intl.DateTimeFormat().resolvedOptions().timeZone;
      if (shown(time.dataset.zone, day) !== shown(theirs, day)) {
        const isAnotherDay = dayIn(theirs) !== dayIn(time.dataset.zone);
        time.append(` (${time.dataset.words.replace("{time}", shown(theirs, isAnotherDay ? day : {}))})`);
      }
      delete time.dataset.zone;
    }
  };
  ownTimes(document);

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
    ownTimes(document);
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
    if (/\/p\/[^/]+\/\w+$/.test(address)) places.push("[data-receipt]", "#over", "#main h1");
    return places.map((place) => place && document.querySelector(place)).find(Boolean);
  };

  document.addEventListener("htmx:error", () => {
    say(document.querySelector("[data-unsent]")?.dataset.unsent);
  });
})();
