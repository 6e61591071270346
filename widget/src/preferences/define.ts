/** Loaded when a page, the panel or the portal first shows `<sidedesk-preferences>`: a piece of its own. */
import { define } from "../session/desk-element.ts";
import { SidedeskPreferences } from "./preferences.ts";

define("sidedesk-preferences", SidedeskPreferences);
