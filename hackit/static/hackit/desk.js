// Headings to begin a note with are put under what is there already. Without this script the link opens a new form.
const body = document.getElementById("id_body");
const beginnings = document.getElementById("beginnings");

if (body && beginnings) {
  beginnings.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-body]");
    if (!link) return;
    event.preventDefault();
    const written = body.value.trimEnd();
    body.value = written ? `${written}\n\n${link.dataset.body}` : link.dataset.body;
    body.focus();
    body.setSelectionRange(0, 0);
  });
}
