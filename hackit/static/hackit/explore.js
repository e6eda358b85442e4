// Filters of /explore/ take effect without another page being loaded. Without this script every link and form works.
const ID = "explore";
let asked = 0; // the answer to an earlier question may come after that to a later one

async function show(address, push) {
  const number = ++asked;
  const here = document.getElementById(ID);
  here.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number !== asked) return;
    const there = page.getElementById(ID);
    if (!there) throw new Error("another page");
    const held = document.activeElement?.id;
    document.getElementById(ID).replaceWith(there);
    document.title = page.title;
    if (push) history.pushState({ [ID]: true }, "", answer.url);
    const told = document.getElementById("explore-told");
    const words = told.textContent;
    told.textContent = "";
    requestAnimationFrame(() => { told.textContent = words; }); // a change is what screen readers say
    (held && document.getElementById(held) || there.querySelector("h2"))?.focus({ preventScroll: push === "stay" });
  } catch {
    if (number === asked) location.assign(address);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(`#${ID} a[href]`);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const to = new URL(link.getAttribute("href"), location.href); // of a link in a drawing, href is no text
  if (to.origin !== location.origin || to.pathname !== location.pathname || to.hash) return;
  event.preventDefault();
  show(to.href, link.closest(".pages") ? "go" : "stay").then(() => {
    if (link.closest(".pages")) document.getElementById(ID).scrollIntoView();
  });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest(`#${ID}`) || form.method !== "get") return;
  event.preventDefault();
  const said = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...said]) if (!value) said.delete(name, value);
  const query = said.toString();
  show(form.getAttribute("action") + (query ? `?${query}` : ""), "stay");
});

addEventListener("popstate", () => show(location.href));
