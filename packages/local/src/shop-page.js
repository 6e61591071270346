/** The pages of the demo shop as plain HTML. What matters to a site owner is the script tag at the end of the head. */

const pots = [
  { name: "Stoneware pot, 0.9 litre", price: "€64" },
  { name: "Glass pot with strainer", price: "€38" },
  { name: "Cup, raw outside", price: "€14" },
];
const teas = [
  { name: "Tarn breakfast", price: "€9", note: "Assam and a little Keemun. 100 g." },
  { name: "Nettle and mint", price: "€7", note: "From our own slope. 60 g." },
  { name: "Smoked oolong", price: "€12", note: "Over beech, twice. 80 g." },
];
const gifts = [
  { name: "Two cups in a box", price: "€30", note: "Wrapped in yesterday's paper." },
  { name: "A year of tea", price: "€96", note: "One bag a month, by post." },
];
const places = /** @type {const} */ ([
  ["/tea", "Tea"],
  ["/", "Pots and cups"],
  ["/gifts", "Gifts"],
]);

/**
 * @param {string} path
 * @param {{ desk: string, siteKey: string, customer: string, customers: { id: string, name: string }[] }} shop
 * @returns {{ status: number, html: string }}
 */
export function shopPage(path, shop) {
  if (path === "/") return { status: 200, html: frame(path, "Stoneware pot, 0.9 litre", product, shop) };
  if (path === "/tea") return { status: 200, html: frame(path, "Tea", shelf("Tea", teas), shop) };
  if (path === "/gifts") return { status: 200, html: frame(path, "Gifts", shelf("Gifts", gifts), shop) };
  return {
    status: 404,
    html: frame(
      path,
      "Not on this shelf",
      `<h1>Not on this shelf</h1><p><a href="/">Back to pots and cups</a></p>`,
      shop,
    ),
  };
}

/** @param {string} path @param {string} title @param {string} content @param {Parameters<typeof shopPage>[1]} shop */
const frame = (path, title, content, { desk, siteKey, customer, customers }) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <title>${escape(title)} · Tarnside</title>
    <link rel="icon" href="/favicon.svg" />
    <link rel="stylesheet" href="/shop.css" />
    <script src="/shop.js"></script>
    <!-- This one line is Sidedesk. -->
    <script async src="${escape(desk)}/widget.js" data-site="${escape(siteKey)}" data-push-worker></script>
  </head>
  <body>
    <header class="bar">
      <a class="logo" href="/">Tarnside</a>
      <nav aria-label="Shop">
        ${places.map(([href, name]) => `<a href="${href}"${href === path ? ' aria-current="page"' : ""}>${name}</a>`).join("\n        ")}
      </nav>
      <div class="tools">
        <label class="customer">
          <span>Shopping as</span>
          <select id="customer" autocomplete="off">
            ${[...customers, { id: "guest", name: "Guest" }].map(({ id, name }) => `<option value="${escape(id)}"${id === customer ? " selected" : ""}>${escape(name)}</option>`).join("\n            ")}
          </select>
        </label>
        <a class="basket" href="/">Basket (<span id="basket" aria-live="polite">2</span>)</a>
        <sidedesk-bell></sidedesk-bell>
      </div>
    </header>
    <main>${content}</main>
    <footer>Tarnside is a sample shop. Nothing here is for sale; the desk in the corner is real.</footer>
  </body>
</html>
`;

const product = `
      <div class="product">
        <div class="picture">
          <svg viewBox="0 0 340 260" role="img" aria-label="A round stoneware tea pot, brown glaze above, raw clay below">
            <path d="M70 105c-46-10-62 34-34 56 14 11 32 16 48 20" fill="none" stroke="#6d5941" stroke-width="12" stroke-linecap="round" />
            <path d="M262 150c30-8 38-40 58-50" fill="none" stroke="#7d654d" stroke-width="19" stroke-linecap="round" />
            <path d="M62 128c0-62 42-92 104-92s104 30 104 92c0 60-44 90-104 90S62 188 62 128z" fill="#8a7158" />
            <path d="M62 128c0-62 42-92 104-92s104 30 104 92c-30 10-178 10-208 0z" fill="#9d8368" />
            <ellipse cx="166" cy="50" rx="52" ry="13" fill="#6d5941" />
            <path d="M133 50c4-24 62-24 66 0z" fill="#9d8368" />
            <circle cx="166" cy="24" r="11" fill="#6d5941" />
          </svg>
        </div>
        <div>
          <h1>Stoneware pot, 0.9 litre</h1>
          <p class="price">€64</p>
          <p>Thrown in small batches, glazed inside, raw outside. Each pot differs a little in colour.</p>
          <button class="buy" id="buy" type="button">Put in basket</button>
          <dl>
            <dt>Holds</dt><dd>four cups</dd>
            <dt>Ships</dt><dd>in two days</dd>
            <dt>Returns</dt><dd>30 days, free</dd>
          </dl>
          <p class="ask"><a href="#ask" id="ask">A question about this pot?</a></p>
        </div>
      </div>
      <h2>Beside it on the shelf</h2>
      <ul class="shelf">${pots
        .slice(1)
        .map((each) => `<li><strong>${each.name}</strong><span>${each.price}</span></li>`)
        .join("")}</ul>
    `;

/** @param {string} title @param {{ name: string, price: string, note: string }[]} things */
const shelf = (title, things) => `
      <h1>${title}</h1>
      <ul class="shelf">${things.map(({ name, price, note }) => `<li><strong>${name}</strong><span>${price}</span><p>${note}</p></li>`).join("")}</ul>
    `;

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
