import { html, nothing, type TemplateResult } from "lit";
import type { Documented, ElementDocs } from "./manifest.ts";

/** What a page may set, hear and style of an element, as its source says it. */
export const docsView = (docs: ElementDocs): TemplateResult =>
  html`<section class="docs" aria-labelledby="docs">
    <h2 id="docs">&lt;${docs.tagName}&gt;</h2>
    <p>${docs.summary ?? ""}</p>
    ${table("Attributes", docs.attributes, (one) => [one.fieldName ?? "", one.type?.text ?? ""], ["Property", "Type"])}
    ${table("Events", docs.events)} ${table("Parts", docs.cssParts)} ${table("Slots", docs.slots)}
    ${table("CSS properties", docs.cssProperties)}
  </section>`;

const noMore: (one: Documented) => string[] = () => [];

function table(
  title: string,
  rows: Documented[] = [],
  more = noMore,
  heads: string[] = [],
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<h3>${title}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label=${title}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (one) =>
              html`<tr>
                <th scope="row"><code>${one.name}</code></th>
                ${more(one).map((cell) => html`<td><code>${cell}</code></td>`)}
                <td>${withCode(one.description ?? "")}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** `code` in a text as code. */
const withCode = (text: string): (string | TemplateResult)[] =>
  text.split("`").map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
