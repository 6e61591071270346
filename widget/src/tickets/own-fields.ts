import { msg } from "@lit/localize";
import type { Category, CategoryField, Ticket } from "@sidedesk/contract";
import { filledIn } from "@sidedesk/ui/format";
import { html, nothing, type TemplateResult } from "lit";

function valueOf(field: CategoryField, value: string | number | boolean | null, locale: string): string {
  if (typeof value === "boolean") return value ? msg("Yes") : msg("No");
  return filledIn(value, field.type, locale);
}

/** What the owner asked besides, and what was answered, under the words of the request. */
export function ownFields(
  { category, fields }: Ticket,
  categories: readonly Category[],
  locale: string,
): TemplateResult | typeof nothing {
  const asked = categories.find(({ key }) => key === category)?.fields ?? [];
  const given = asked.filter(({ key }) => fields[key] !== undefined);
  if (!given.length) return nothing;
  return html`<dl class="own">
    ${given.map(
      (field) =>
        html`<div>
          <dt>${field.label}</dt>
          <dd dir="auto">${valueOf(field, fields[field.key] ?? null, locale)}</dd>
        </div>`,
    )}
  </dl>`;
}
