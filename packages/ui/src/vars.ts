import { nothing } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

/**
 * Sets inline style properties through the style object. A `style` attribute, which `styleMap` writes at first render,
 * is refused by a host page whose policy does not allow inline styles; this is not. Belongs on an element.
 */
class VarsDirective extends Directive {
  #set: Record<string, string> = {};
  render(_values: Record<string, string | number>): typeof nothing {
    return nothing;
  }
  override update(part: ElementPart, [values]: [Record<string, string | number>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(values)) {
      if (this.#set[name] === String(value)) continue; // writing it again would restyle everything below
      style.setProperty(name, (this.#set[name] = String(value)));
    }
    return nothing;
  }
}

/** `<span ${vars({ "--hue": 145 })}>`: style properties that a strict content policy allows. */
export const vars = directive(VarsDirective);
