import { SdMenu } from "./menu-element.ts";

export * from "./menu-element.ts";

// The widget, a guest on other people's pages, defines the class under a name of its own instead.
if (!customElements.get("sd-menu")) customElements.define("sd-menu", SdMenu);
