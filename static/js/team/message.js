// A message that is written. A press waits until what is brought stands in it; the server puts it in, but
// never while somebody is typing in the message.
(() => {
  "use strict";

  const writing = () => document.querySelector("form#write");
  const isPutIn = ({ dataset, elements: { brings } }) =>
    brings.value === (dataset.composed ?? brings.defaultValue);
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
    const { target, response } = event.detail.ctx;
    const form = writing();
    if (target?.id !== "composed" || response.status >= 400 || event.defaultPrevented) return;
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
    if (response.status >= 400) return;
    form.dataset.composed = form.dataset.sending;
    if (pressed) form.querySelector(`[name=way][value=${pressed}]`).click();
  });
  document.addEventListener("htmx:error", () => forget(writing()));

  // The message as it stands, in the reader's mail program; the form goes on and logs it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mail]");
    if (!button) return;
    const { mail, subject } = button.dataset;
    const text = button.form.elements.text.value;
    const words = [`subject=${encodeURIComponent(subject)}`, `body=${encodeURIComponent(text)}`];
    location.href = `mailto:${encodeURIComponent(mail).replace("%40", "@")}?${words.join("&")}`;
  });
})();
