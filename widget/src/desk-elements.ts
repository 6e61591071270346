/** Everything that is needed once somebody uses the desk: one chunk, loaded at first open. */
import { SidedeskNotifications } from "./notifications/notifications.ts";
import { define } from "./session/desk-element.ts";
import { SidedeskHome } from "./shell/home.ts";
import { SidedeskPanel } from "./shell/panel.ts";
import { SidedeskComposer } from "./tickets/composer.ts";
import { SidedeskForm } from "./tickets/form.ts";
import { SidedeskTicket } from "./tickets/ticket.ts";
import { SidedeskTickets } from "./tickets/tickets.ts";

export { openPopup } from "@sidedesk/ui/popup";

define("sidedesk-composer", SidedeskComposer);
define("sidedesk-tickets", SidedeskTickets);
define("sidedesk-ticket", SidedeskTicket);
define("sidedesk-form", SidedeskForm);
define("sidedesk-notifications", SidedeskNotifications);
define("sidedesk-home", SidedeskHome);
define("sidedesk-panel", SidedeskPanel);
