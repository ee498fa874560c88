// Filters of the chronicle. Without script every event is shown.
"use strict";
for (const form of document.querySelectorAll("form.filters")) {
  const items = [...form.nextElementSibling.children];
  const count = form.querySelector(".count");
  const holds = (item, name, value) => !value || item.dataset[name].split("|").includes(value);
  const apply = () => {
    const wanted = new FormData(form);
    let shown = 0;
    for (const item of items) {
      const fits = ["class", "actor", "source"].every((name) => holds(item, name, wanted.get(name)));
      item.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown;
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
}
