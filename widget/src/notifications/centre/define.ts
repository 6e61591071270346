/** Loaded when the whole centre is first shown: a piece of its own. */
import { define } from "../../session/desk-element.ts";
import { NoticeCentre } from "./notice-centre.ts";
import { NoticeSnooze } from "./notice-snooze.ts";

define("sidedesk-notice-snooze", NoticeSnooze);
define("sidedesk-notice-centre", NoticeCentre);
