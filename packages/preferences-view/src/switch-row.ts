import { html, nothing, type TemplateResult } from "lit";

interface SwitchRow {
  name: string;
  word: string;
  about: string | TemplateResult;
  isOn: boolean;
  /** It can be reached all the same: whoever has just pressed it would lose the focus. */
  isDisabled?: boolean;
  /** Ids of what else is said of it. */
  describedBy?: string;
  change: (input: HTMLInputElement) => void;
}

/** One wish that is on or off, with what that means. */
export const switchRow = ({
  name,
  word,
  about,
  isOn,
  isDisabled = false,
  describedBy = "",
  change,
}: SwitchRow): TemplateResult =>
  html`<label class="wish"
    ><span>${word}<br /><span class="meta" id="${name}-about">${about}</span></span
    ><input
      class="switch"
      type="checkbox"
      role="switch"
      name=${name}
      aria-label=${word}
      aria-describedby="${name}-about ${describedBy}"
      .checked=${isOn}
      aria-disabled=${isDisabled || nothing}
      @click=${(event: Event) => isDisabled && event.preventDefault()}
      @change=${(event: Event) => change(event.target as HTMLInputElement)}
  /></label>`;
