import { css, html, type TemplateResult } from "lit";
import { avatar, hueOf, initials } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { SdSelect } from "@sidedesk/ui/select-element";
import { vars } from "@sidedesk/ui/vars";

/**
 * A person's initials for a choice. Drawn by the style sheet, so that the words of a button stay those of its name:
 * "Assignee, Jonas Whitlock" and not "JW Jonas Whitlock".
 */
export const face = (name: string | null): TemplateResult =>
  name
    ? html`<span
        class="avatar avatar-s face"
        data-initials=${initials(name)}
        ${vars({ "--hue": hueOf(name) })}
        aria-hidden="true"
      ></span>`
    : avatar(null, { size: "s" });

/**
 * @summary A select whose choices may be people.
 */
export class ConsoleSelect extends SdSelect {
  static override styles = [
    ...SdSelect.styles,
    people,
    css`
      .face::before {
        content: attr(data-initials);
      }
      @media print {
        .select-button > .icon:last-child {
          display: none; /* on paper there is nothing else to choose */
        }
      }
    `,
  ];
}
customElements.define("desk-select", ConsoleSelect);
