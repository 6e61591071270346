import { msg } from "@lit/localize";
import { problemLine } from "@sidedesk/ui/surfaces";
import { html, nothing, type TemplateResult } from "lit";
import { passwordRule, type Typed, type Wrong } from "./door-words.ts";

export interface DoorFields {
  typed: Typed;
  wrong: Wrong;
  /** Whether the password can be read. */
  isShown: boolean;
  type: (part: Partial<Typed>) => void;
  show: () => void;
}

const said = (event: Event): string => (event.target as HTMLInputElement).value;

/** Name or address, with what is wrong with it. */
export function doorLine(
  { typed, wrong, type }: DoorFields,
  name: "name" | "email",
  label: string,
  autocomplete: string,
): TemplateResult {
  const problem = wrong[name];
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input
      class="input"
      id=${name}
      name=${name}
      type=${name === "email" ? "email" : "text"}
      maxlength=${name === "email" ? 254 : 200}
      autocomplete=${autocomplete}
      dir=${name === "email" ? "ltr" : "auto"}
      required
      .value=${typed[name]}
      aria-invalid=${problem ? "true" : nothing}
      aria-describedby=${problem ? `${name}-problem` : nothing}
      @input=${(event: InputEvent) => type({ [name]: said(event) })}
    />
    ${problemLine(`${name}-problem`, problem)}
  </div>`;
}

/** A password, which can be looked at; a new one with the rule for it. */
export function doorPassword(
  { typed, wrong, isShown, type, show }: DoorFields,
  label: string,
  isNew: boolean,
): TemplateResult {
  const problem = wrong.password;
  const described = [...(isNew ? ["password-rule"] : []), ...(problem ? ["password-problem"] : [])];
  return html`<div class="field">
    <label id="password-name" for="password">${label}</label>
    <span class="secret">
      <input
        class="input"
        id="password"
        name="password"
        type=${isShown ? "text" : "password"}
        maxlength="1024"
        autocomplete=${isNew ? "new-password" : "current-password"}
        autocapitalize="none"
        spellcheck="false"
        required
        .value=${typed.password}
        aria-invalid=${problem ? "true" : nothing}
        aria-describedby=${described.join(" ") || nothing}
        @input=${(event: InputEvent) => type({ password: said(event) })}
      />
      <button class="button button-quiet" type="button" aria-describedby="password-name" @click=${show}>
        ${isShown ? msg("Hide") : msg("Show")}
      </button>
    </span>
    ${isNew ? html`<p class="hint" id="password-rule">${passwordRule()}</p>` : nothing}
    ${problemLine("password-problem", problem)}
  </div>`;
}
