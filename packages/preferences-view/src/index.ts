export { PreferencesBook, type Keep } from "./preferences-book.ts";
export { PreferencesForm, type PreferencesOptions } from "./preferences-form.ts";
export { preferencesStyles } from "./preferences.styles.ts";
export type { PushState, PushSwitch } from "./push-switch.ts";
export { addWords } from "./words.ts";
