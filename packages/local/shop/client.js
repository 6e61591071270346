// What a site owner writes. Commands given before Sidedesk has loaded wait in the array and run in order.
window.Sidedesk = window.Sidedesk || [];

/** Sidedesk asks for a token when it needs one, and again before the old one ends. */
function identify() {
  window.Sidedesk.push([
    "identify",
    async () => {
      const response = await fetch("/desk-token");
      if (!response.ok) throw new Error(`The shop did not vouch for its customer (${response.status}).`);
      return response.text();
    },
  ]);
}

document.addEventListener("DOMContentLoaded", () => {
  const customer = document.querySelector("#customer");
  const basket = document.querySelector("#basket");
  if (customer.value !== "guest") identify();

  customer.addEventListener("change", async () => {
    await fetch("/customer", { method: "POST", body: customer.value });
    window.Sidedesk.push(["logout"]);
    if (customer.value !== "guest") identify();
  });
  document.querySelector("#buy")?.addEventListener("click", () => {
    basket.textContent = String(Number(basket.textContent) + 1);
  });
  document.querySelector("#ask")?.addEventListener("click", (event) => {
    event.preventDefault();
    window.Sidedesk.push(["open", "new"]);
  });
});
