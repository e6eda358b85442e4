// Names are settled without sending the form: what is being typed stays. Without this script the buttons save it too.
const panel = document.getElementById("names");

if (panel) {
  panel.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=_name]");
    if (!button) return;
    event.preventDefault();
    if (panel.getAttribute("aria-busy")) return; // pressed twice
    const form = button.form;
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.set("_name", button.value);
    for (const field of panel.querySelectorAll("input[name^='same:']")) sent.set(field.name, field.value);
    const blocks = [...panel.querySelectorAll(".names-one")];
    const place = Math.max(0, blocks.indexOf(button.closest(".names-one")));
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(panel.dataset.address, { method: "POST", body: sent, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(answer.status);
      panel.innerHTML = await answer.text();
      const refused = panel.querySelector("[data-refused]");
      const following = panel.querySelectorAll(".names-one")[place] || panel.querySelector(".names-one");
      (refused || following?.querySelector("button") || panel.querySelector(".names-told"))?.focus();
    } catch {
      form.requestSubmit(button); // the long way: save, and settle
    } finally {
      panel.removeAttribute("aria-busy");
    }
  });

  // Enter in “Same as” means its own button, and not the first one of the form.
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[name^='same:']")) return;
    event.preventDefault();
    event.target.closest("p").querySelector("button").click();
  });
}
