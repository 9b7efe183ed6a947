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

  // A message that is written. A press waits until what is brought stands in it; the server puts it in, but
  // never while somebody is typing in the message.
  const writing = () => document.querySelector("form#write");
  const isPutIn = ({ dataset, elements: { brings } }) => brings.value === (dataset.composed ?? brings.defaultValue);
  const compose = (form) => form.elements.brings.dispatchEvent(new Event("compose"));
  const forget = (form) => form && delete form.dataset.pressed;

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[name=way]");
      if (!button || !globalThis.htmx) return;
      const { form } = button;
      const { text } = form.elements;
      text.setCustomValidity(text.value.trim() ? "" : text.dataset.missing);
      const isReady = form.reportValidity();
      if (isReady && isPutIn(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isReady) return;
      form.dataset.pressed = button.value;
      compose(form);
    },
    true,
  );
  document.addEventListener("input", (event) => {
    forget(event.target.closest("form#write"));
    if (event.target.dataset.missing) event.target.setCustomValidity("");
  });

  document.addEventListener("htmx:before:request", (event) => {
    const field = event.detail.ctx.sourceElement;
    if (field?.name !== "brings") return;
    field.form.dataset.sent = field.form.elements.text.value;
    field.form.dataset.sending = field.value;
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { target, response, sourceElement } = event.detail.ctx;
    if (isOutdated(target, sourceElement)) return event.preventDefault();
    const form = writing();
    if (target?.id !== "composed" || response.status >= 400) return;
    const { text } = form.elements;
    if (document.activeElement === text) {
      event.preventDefault();
      form.dataset.late = "yes";
    } else if (text.value !== form.dataset.sent) {
      event.preventDefault();
      compose(form);
    }
  });
  document.addEventListener("focusout", (event) => {
    const { form } = event.target;
    if (event.target.name !== "text" || !form?.dataset.late) return;
    delete form.dataset.late;
    compose(form);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { target, response } = event.detail.ctx;
    const form = writing();
    if (target?.id !== "composed" || !form) return;
    const { pressed } = form.dataset;
    forget(form);
    if (response.status >= 400) return say(document.querySelector("[data-unsent]")?.dataset.unsent);
    form.dataset.composed = form.dataset.sending;
    if (pressed) form.querySelector(`[name=way][value=${pressed}]`).click();
  });

  // An answer about words that were changed while it came says nothing of those that stand now.
  const isOutdated = (target, source) => {
    const form = target?.closest?.("form");
    if (!form || !["checks", "live-check"].includes(target.id)) return false;
    const asked = source?.matches?.("#tell, #opine") ? [...source.elements] : [];
    return asked.some(({ name, value }) => {
      const field = name.startsWith("was_") && form.elements[name.slice(4)];
      return field && ["text", "title", "reason"].includes(field.name) && field.value.trim() !== value.trim();
    });
  };

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
    const gap = button.dataset.put === "text" ? "\n" : " ";
    field.value = signed < 0 ? [typed, words].filter(Boolean).join(gap) : `${typed.slice(0, signed)}\n${words}${typed.slice(signed)}`;
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
    forget(writing());
    say(document.querySelector("[data-unsent]")?.dataset.unsent);
  });
})();
