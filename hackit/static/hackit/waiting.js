// Once its button is pressed, the page goes on by itself until no text waits. Without this script each press does some.
const form = document.getElementById("waiting-form");

async function goOn() {
  form.querySelector("[type=submit]").disabled = true;
  for (let isDone = false; !isDone; ) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const words = page.getElementById("waiting-words");
    isDone = !page.getElementById("waiting-form");
    if (words) {
      document.getElementById("waiting-words").textContent = words.textContent;
      document.getElementById("waiting-progress").max = page.getElementById("waiting-progress").max;
      document.getElementById("waiting-progress").value = page.getElementById("waiting-progress").value;
    }
    if (isDone) {
      document.getElementById("waiting-words").focus();
      document.getElementById("waiting-rest").replaceChildren(...page.getElementById("waiting-rest").childNodes);
    }
  }
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goOn().catch(() => location.reload()); // the page then says how far it is, and has the button again
  });
}
