import { SdMenu } from "@sidedesk/ui/menu-element";

/** The menu of one request, under a name of our own: a host page may have its own `sd-menu`. */
export class SidedeskTicketMenu extends SdMenu {}
