import { msg } from "@lit/localize";
import type { NoticeType, Way } from "@sidedesk/contract";
import { html, type TemplateResult } from "lit";
import type { FormContext, PreferencesScope } from "./form-context.ts";

const ways = (): { way: Way; head: string; by: string }[] => [
  { way: "inApp", head: msg("Here"), by: msg("here") },
  { way: "email", head: msg("Email"), by: msg("by email") },
  { way: "push", head: msg("Push"), by: msg("by push") },
];
const types = (scope: PreferencesScope): { type: NoticeType; word: string }[] =>
  scope === "staff"
    ? [
        { type: "ticket", word: msg("Tickets") },
        { type: "alert", word: msg("Alerts about the site") },
      ]
    : [
        { type: "ticket", word: msg("My requests") },
        { type: "billing", word: msg("Billing") },
        { type: "compliance", word: msg("Rules and compliance") },
        { type: "alert", word: msg("Costs and alerts") },
        { type: "info", word: msg("News") },
      ];

/** What somebody wants to hear about, and in which ways: a tick box for each. */
export function waysTable({ preferences, scope, change }: FormContext): TemplateResult {
  const columns = ways();
  return html`<table class="ways" part="ways" aria-labelledby="about">
    <thead>
      <tr>
        <th scope="col"><span class="sr">${msg("Kind")}</span></th>
        ${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${types(scope).map(
        ({ type, word }) =>
          html`<tr>
            <th scope="row">${word}</th>
            ${columns.map(
              ({ way, by }) =>
                html`<td>
                  <label
                    ><input
                      class="check"
                      type="checkbox"
                      name="${type}-${way}"
                      aria-label="${word}, ${by}"
                      .checked=${preferences.types[type][way]}
                      @change=${(event: Event) =>
                        change({ types: { [type]: { [way]: (event.target as HTMLInputElement).checked } } })}
                  /></label>
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
