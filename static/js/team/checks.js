// What is said of words while they are typed. Two forms answer into one place: the fields, each time they
// change, and a press on what was asked there (#tell answers it, #opine asks for a second opinion).
(() => {
  "use strict";

  const PLACES = ["checks", "live-check"];
  const askedAs = new WeakMap(); // which question of this page a request is, counted from its first
  let asked = 0;
  let pressed = 0; // whatever was asked up to here may know nothing of the last press
  let words; // what the last check was asked about

  const isTap = ({ sourceElement }) => sourceElement.matches?.("#tell");
  const isPress = ({ sourceElement }) => sourceElement.matches?.("#tell, #opine");
  const isLate = (ctx) => askedAs.get(ctx) <= pressed;
  const folded = (words) => words.replace(/\s+/g, " ").trim();

  // A press is about the words as they were when it was offered.
  const isAboutOtherWords = ({ target, request }) => {
    const { elements } = target.closest("form");
    return [...request.body].some(([name, was]) => {
      const field = name.startsWith("was_") && elements[name.slice(4)];
      return field && folded(field.value) !== folded(was);
    });
  };
  const checkAgain = (place) => {
    const fields = place?.closest("form").querySelector(`[hx-target="#${place.id}"]`);
    fields?.dispatchEvent(new Event("recheck"));
  };

  // Leaving a field asks for no check of the same words: it would take away the button that is just pressed.
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (!PLACES.includes(ctx.target?.id) || isPress(ctx)) return;
    const typed = String(new URLSearchParams(ctx.request.body));
    if (typed === words && ctx.sourceEvent.type !== "recheck") event.preventDefault();
    words = typed;
  });
  document.addEventListener("htmx:error", () => {
    words = undefined;
  });

  document.addEventListener("htmx:before:request", (event) => {
    asked += 1;
    askedAs.set(event.detail.ctx, asked);
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const place = ctx.target?.id;
    if (place === "composed" || ctx.response.status >= 400) words = undefined;
    if (PLACES.includes(place) && isPress(ctx)) return settle(event, ctx);
    if (!isLate(ctx)) return;
    if (PLACES.includes(place)) event.preventDefault();
    if (place === "composed") {
      event.preventDefault();
      ctx.sourceElement.dispatchEvent(new Event("compose"));
    }
  });

  // A tap has always been heard, even where its answer is about words that stand no more.
  const settle = (event, ctx) => {
    const isOutdated = isAboutOtherWords(ctx) || (isLate(ctx) && !isTap(ctx));
    if (isOutdated) event.preventDefault();
    if (isTap(ctx) || !isOutdated) pressed = asked;
    if (isTap(ctx) && isOutdated) checkAgain(ctx.target);
  };
  // What a tap answers may be drawn anew while the tap is on its way; htmx then swaps nothing.
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = event.detail;
    if (!isTap(ctx) || ctx.target.isConnected !== false) return;
    pressed = asked;
    checkAgain(document.getElementById(ctx.target.id));
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
