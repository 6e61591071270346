import { SdSelect } from "./select-element.ts";

export * from "./select-element.ts";

// The widget, a guest on other people's pages, defines the class under a name of its own instead.
if (!customElements.get("sd-select")) customElements.define("sd-select", SdSelect);
