// "/" goes to the search box, and while somebody types it suggests pages. Without this script the box is a plain form.
const box = document.getElementById("search");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !box) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  if (!box.offsetParent) return location.assign(box.form.action); // too narrow for the box: its page has one
  box.focus();
  box.select();
});

if (box) {
  const list = document.createElement("div");
  const told = document.createElement("p");
  let options = [], active = -1, waiting, asking;

  Object.assign(list, { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  box.form.append(list, told);
  const state = { autocomplete: "off", "aria-keyshortcuts": "/", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox" };
  for (const [name, value] of Object.entries(state)) box.setAttribute(name, value);

  const element = (role, words) => {
    const made = document.createElement("div");
    made.setAttribute("role", role);
    made.append(words);
    return made;
  };

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  const choose = (number) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = options[active];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };

  const show = (groups) => {
    list.replaceChildren();
    options = [];
    active = -1;
    box.removeAttribute("aria-activedescendant");
    for (const { kind, label, items } of groups) {
      const group = element("group", "");
      const heading = element("presentation", label);
      heading.className = "hint";
      heading.id = `suggestions-${kind}`;
      group.setAttribute("aria-labelledby", heading.id);
      group.append(heading);
      for (const { name, about, address } of items) {
        const option = element("option", name);
        option.id = `suggestion-${options.length}`;
        option.dataset.address = address;
        option.setAttribute("aria-selected", "false");
        if (about) {
          const more = document.createElement("span");
          more.className = "hint";
          more.append(about);
          option.append(" ", more);
        }
        options.push(option);
        group.append(option);
      }
      list.append(group);
    }
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = options.length ? `${options.length} suggestion${options.length > 1 ? "s" : ""}` : "";
  };

  const ask = async () => {
    asking?.abort();
    const words = box.value.trim();
    if (words.length < 2) return close();
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch(`${box.form.action}suggest/?q=${encodeURIComponent(words)}`, { signal: mine.signal });
      const { groups } = answer.ok ? await answer.json() : { groups: [] };
      if (mine === asking && document.activeElement === box) show(groups);
    } catch {
      // typed on, or no network: the form still works
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1; // the box itself is one of them
      choose(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && !list.hidden && options[active]) {
      event.preventDefault();
      location.assign(options[active].dataset.address);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  box.addEventListener("blur", close);
}
