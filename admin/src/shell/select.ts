import { people } from "@sidedesk/ui/people.styles";
import { SdSelect } from "@sidedesk/ui/select-element";

/**
 * @summary A select whose choices may be people, drawn with their avatars.
 */
export class ConsoleSelect extends SdSelect {
  static override styles = [...SdSelect.styles, people];
}
customElements.define("desk-select", ConsoleSelect);
