// A form that stays on the page after its act is ready for the next one: a key of its own, the words gone.
(() => {
  "use strict";

  document.addEventListener("htmx:after:swap", (event) => {
    const { sourceElement: form, response } = event.detail.ctx;
    if (!form?.matches?.("form[data-again]") || response.status >= 400) return;
    form.reset();
    form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    form.querySelector("input:not([type=hidden])")?.focus();
  });
})();
