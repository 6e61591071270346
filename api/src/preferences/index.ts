export { changePreferences, getPreferences } from "./change-preferences.ts";
export { wants } from "./preferences.ts";
export { quietUntil } from "./quiet-hours.ts";
export { inSite, loadPreferences, mailPlan, whenToPush, type Told } from "./when-wanted.ts";
