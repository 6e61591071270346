/** The gallery's stage: every public element there is, and one of them shown. */
import "./portal.ts";
import { readChoice } from "./gallery/choices.ts";
import { showStage } from "./gallery/stage.ts";
import { define } from "./session/desk-element.ts";
import { SidedeskWidget } from "./shell/widget.ts";

define("sidedesk-widget", SidedeskWidget);
await Promise.all([import("./preferences/define.ts"), import("./webhooks/define.ts")]);
await showStage(readChoice(location.search));
