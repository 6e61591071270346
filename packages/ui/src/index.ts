/** What nearly every surface needs. Everything else has its own address: `@sidedesk/ui/<file>`. */
export { BaseElement } from "./base-element.ts";
export { base } from "./base.styles.ts";
export { tokens } from "./tokens.styles.ts";
