/** The page at `/portal/:siteSlug`: everything is needed at once, so nothing waits for a first open. */
import { adoptTokens } from "@sidedesk/ui/page";
import "./desk-elements.ts";
import { SidedeskBell } from "./notifications/bell.ts";
import { define } from "./session/desk-element.ts";
import { chooseLanguage } from "./session/locale.ts";
import { SidedeskPortalHome } from "./shell/portal-home.ts";
import { SidedeskPortal } from "./shell/portal.ts";
import { goneOnPaper, sheetOnPaper } from "./shell/print.styles.ts";
import { SidedeskTicket } from "./tickets/ticket.ts";
import { SidedeskTickets } from "./tickets/tickets.ts";

adoptTokens();
await chooseLanguage();
// A page of the portal is what one prints; inside a host page an element keeps the size it has there.
for (const { elementStyles } of [SidedeskTicket, SidedeskTickets]) elementStyles.push(sheetOnPaper);
define("sidedesk-bell", SidedeskBell);
SidedeskBell.elementStyles.push(goneOnPaper);
define("sidedesk-portal-home", SidedeskPortalHome);
define("sidedesk-portal", SidedeskPortal);
