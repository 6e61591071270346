import { msg } from "@lit/localize";
import type { Category, CategoryField } from "@sidedesk/contract";
import { ticketPriorities } from "@sidedesk/contract/lifecycle";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { problemLine } from "@sidedesk/ui/surfaces";
import { html, nothing, type TemplateResult } from "lit";
import { priorityWord } from "../session/words.ts";
import type { FormDraft, FormErrors } from "./form-draft.ts";

export interface FieldContext {
  draft: FormDraft;
  errors: FormErrors;
  change: (part: Partial<FormDraft>) => void;
}

const attributes = (name: string, errors: FormErrors) => ({
  invalid: !!errors[name] || nothing,
  described: errors[name] ? `${name}-problem` : nothing,
});

type TextKey = "name" | "email" | "subject" | "text";

/** One line of text with its label and its problem. */
export function lineField(
  context: FieldContext,
  name: TextKey,
  label: string,
  options: { type?: string; max: number; autocomplete?: string },
): TemplateResult {
  const { invalid, described } = attributes(name, context.errors);
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input
      class="input"
      id=${name}
      name=${name}
      type=${options.type ?? "text"}
      maxlength=${options.max}
      autocomplete=${options.autocomplete ?? "off"}
      dir="auto"
      required
      .value=${context.draft[name]}
      aria-invalid=${invalid}
      aria-describedby=${described}
      @input=${(event: InputEvent) => context.change({ [name]: (event.target as HTMLInputElement).value })}
    />
    ${problemLine(`${name}-problem`, context.errors[name])}
  </div>`;
}

/** The long text, with a count once it gets near its end. */
export function textField(context: FieldContext, label: string, hint: string, count: string | null): TemplateResult {
  const { invalid } = attributes("text", context.errors);
  return html`<div class="field">
    <label for="text">${label}</label>
    <textarea
      class="input"
      id="text"
      name="text"
      rows="5"
      maxlength="5000"
      dir="auto"
      required
      .value=${context.draft.text}
      aria-invalid=${invalid}
      aria-describedby="text-hint text-problem"
      @input=${(event: InputEvent) => context.change({ text: (event.target as HTMLTextAreaElement).value })}
    ></textarea>
    <p class="hint counter" id="text-hint">
      <span>${hint}</span>${count ? html`<span class="num">${count}</span>` : nothing}
    </p>
    ${problemLine("text-problem", context.errors["text"])}
  </div>`;
}

function choice(
  name: string,
  label: unknown,
  value: string,
  options: [string, string][],
  choose: (value: string) => void,
  field: { problem?: string | undefined; required?: boolean } = {},
): TemplateResult {
  const { problem, required } = field;
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <span class="select">
      <select
        class="input"
        id=${name}
        name=${name}
        .value=${value}
        ?required=${required}
        aria-invalid=${!!problem || nothing}
        aria-describedby=${problem ? `${name}-problem` : nothing}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
      >
        ${options.map(([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`)}
      </select>
      ${icon(chevronDownIcon)}
    </span>
    ${problemLine(`${name}-problem`, problem)}
  </div>`;
}

/** Topic and urgency, side by side. */
export function choices(
  { draft, change }: FieldContext,
  categories: readonly Category[],
  category: Category | undefined,
): TemplateResult {
  return html`<div class=${categories.length ? "pair" : ""}>
    ${
      categories.length
        ? choice(
            "category",
            msg("Topic"),
            category?.key ?? "",
            categories.map(({ key, label }) => [key, label]),
            (key) => change({ category: key }),
          )
        : nothing
    }
    ${choice(
      "priority",
      msg("How urgent?"),
      draft.priority,
      ticketPriorities.map((one) => [one, priorityWord(one)]),
      (priority) => change({ priority: priority as FormDraft["priority"] }),
    )}
  </div>`;
}

/** What the owner asks besides for a topic. */
export function extraField(context: FieldContext, field: CategoryField): TemplateResult {
  const { draft, errors, change } = context;
  const name = `fields.${field.key}`;
  const { invalid, described } = attributes(name, errors);
  const set = (value: string | boolean) => change({ fields: { [field.key]: value } });
  const value = draft.fields[field.key] ?? "";
  const optional = field.required ? nothing : html` <span class="optional">${msg("optional")}</span>`;
  if (field.type === "checkbox") {
    return html`<div class="field">
      <label class="tick" for=${name}
        ><input
          class="check"
          id=${name}
          type="checkbox"
          .checked=${value === true}
          ?required=${field.required}
          aria-invalid=${invalid}
          aria-describedby=${described}
          @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
        />${field.label}${optional}</label
      >
      ${problemLine(`${name}-problem`, errors[name])}
    </div>`;
  }
  if (field.type === "choice") {
    const options: [string, string][] = [
      ["", "–"],
      ...(field.options ?? []).map((one): [string, string] => [one, one]),
    ];
    return choice(name, html`${field.label}${optional}`, String(value), options, set, {
      problem: errors[name],
      required: field.required,
    });
  }
  return html`<div class="field">
    <label for=${name}>${field.label}${optional}</label>
    <input
      class="input"
      id=${name}
      type=${field.type === "date" ? "date" : "text"}
      inputmode=${field.type === "number" ? "decimal" : nothing}
      maxlength="2000"
      dir="auto"
      ?required=${field.required}
      .value=${String(value)}
      aria-invalid=${invalid}
      aria-describedby=${described}
      @input=${(event: InputEvent) => set((event.target as HTMLInputElement).value)}
    />
    ${problemLine(`${name}-problem`, errors[name])}
  </div>`;
}
