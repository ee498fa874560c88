// Filters of the chronicle, folds that open for what is led to and for print, and the section that is being read.
// Without script every event is shown, and every fold can be opened by hand.
"use strict";
const form = document.querySelector("form.filters");
if (form) {
  const section = form.closest("section");
  const items = [...section.querySelectorAll("li.line")];
  const folds = [...section.querySelectorAll("details.fold")];
  const count = form.querySelector(".count");
  const holds = (item, name, value) => !value || item.dataset[name].split("|").includes(value);
  const apply = () => {
    const wanted = new FormData(form);
    const filtered = ["class", "actor", "source"].some((name) => wanted.get(name));
    let shown = 0;
    for (const item of items) {
      const fits = ["class", "actor", "source"].every((name) => holds(item, name, wanted.get(name)));
      item.hidden = !fits;
      shown += fits;
    }
    for (const fold of folds) {
      const left = fold.querySelectorAll("li.line:not([hidden])").length;
      fold.hidden = !left;
      fold.open = filtered && shown <= 60;
      fold.querySelector(".in-fold").textContent = left;
    }
    count.textContent = shown;
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
}

// Older browsers do not open a fold for the place that a link leads to.
const unfold = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let closed = false;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    closed = closed || !fold.open;
    fold.open = true;
  }
  if (closed) target.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();

// Paper has no folds.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});

// The section that is being read is marked in the way there.
const ways = new Map([...document.querySelectorAll("nav.sections a")].map((way) => [way.getAttribute("href").slice(1), way]));
if ("IntersectionObserver" in window) {
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const way of ways.values()) way.removeAttribute("aria-current");
      ways.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -85% 0px" });
  for (const id of ways.keys()) watch.observe(document.getElementById(id));
}
