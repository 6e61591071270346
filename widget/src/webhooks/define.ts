/** Loaded when a page, or the portal, first shows `<sidedesk-webhooks>`: a piece of its own. */
import { define } from "../session/desk-element.ts";
import { SidedeskWebhooks } from "./webhooks.ts";

define("sidedesk-webhooks", SidedeskWebhooks);
