// What is said of words while they are typed.
(() => {
  "use strict";

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
  document.addEventListener("htmx:before:swap", (event) => {
    const { target, sourceElement } = event.detail.ctx;
    if (isOutdated(target, sourceElement)) event.preventDefault();
  });

  // One tap puts their words into a field of the same form, in a message above the name under it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put]");
    if (!button) return;
    const { put, words } = button.dataset;
    const field = button.closest("form").elements[put];
    const typed = field.value.trim();
    const signed = put === "text" ? typed.lastIndexOf("\n\n") : -1;
    const gap = put === "text" ? "\n" : " ";
    field.value =
      signed < 0
        ? [typed, words].filter(Boolean).join(gap)
        : `${typed.slice(0, signed)}\n${words}${typed.slice(signed)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
