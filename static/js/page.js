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

  // A talk's time as the reader's own clock shows it, where that differs from the plan's.
  const ownTimes = (root) => {
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    for (const time of root.querySelectorAll("time[data-zone]")) {
      const at = new Date(time.dateTime);
      const shown = (timeZone, day) =>
        at.toLocaleString(language, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...day });
      const day = { weekday: "short", day: "numeric", month: "short" };
      const theirs = Intl.DateTimeFormat().resolvedOptions().timeZone;
      if (shown(time.dataset.zone, day) !== shown(theirs, day)) {
        const isAnotherDay = at.toLocaleDateString("en", { timeZone: theirs }) !== at.toLocaleDateString("en", { timeZone: time.dataset.zone });
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

  // A message that is written: its tests of form first, then what is brought and not in it yet, then the press.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[name=way]");
      if (!button) return;
      const { form } = button;
      const { brings, brought } = form.elements;
      const isReady = form.reportValidity();
      if (isReady && brings.value.trim() === brought.value.trim()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isReady) return;
      form.dataset.pressed = button.value;
      brings.dispatchEvent(new Event("compose"));
    },
    true,
  );

  // The server puts in what is brought; whoever typed on meanwhile keeps their words, and it is put in anew.
  document.addEventListener("htmx:before:request", (event) => {
    const field = event.detail.ctx.sourceElement;
    if (field?.name === "brings") field.form.dataset.sent = field.form.elements.text.value;
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const form = document.querySelector("form#write");
    if (event.detail.ctx.target?.id !== "composed" || form.elements.text.value === form.dataset.sent) return;
    event.preventDefault();
    form.elements.brings.dispatchEvent(new Event("compose"));
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const form = document.querySelector("form#write[data-pressed]");
    if (event.detail.ctx.target?.id !== "composed" || !form) return;
    const button = form.querySelector(`[name=way][value=${form.dataset.pressed}]`);
    delete form.dataset.pressed;
    button.click();
  });

  // The message as it stands, in the reader's mail program; the form goes on and logs it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mail]");
    if (!button) return;
    const { mail, subject } = button.dataset;
    const words = [`subject=${encodeURIComponent(subject)}`, `body=${encodeURIComponent(button.form.elements.text.value)}`];
    location.href = `mailto:${encodeURIComponent(mail).replace("%40", "@")}?${words.join("&")}`;
  });

  // One tap puts their words into a field of the same form, in a message above the name under it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put]");
    if (!button) return;
    const field = button.closest("form").elements[button.dataset.put];
    const typed = field.value.trim();
    const signed = button.dataset.put === "text" ? typed.lastIndexOf("\n\n") : -1;
    const words = button.dataset.words;
    field.value = signed < 0 ? [typed, words].filter(Boolean).join(" ") : `${typed.slice(0, signed)}\n${words}${typed.slice(signed)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
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

  // A form that stays on the page after its act is ready for the next one: a key of its own, the words gone.
  document.addEventListener("htmx:after:swap", (event) => {
    const { sourceElement: form, response } = event.detail.ctx;
    if (!form?.matches?.("form[data-again]") || response.status >= 400) return;
    form.reset();
    form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    form.querySelector("input:not([type=hidden])")?.focus();
  });

  document.addEventListener("htmx:error", () => {
    say(document.querySelector("[data-unsent]")?.dataset.unsent);
  });
})();
