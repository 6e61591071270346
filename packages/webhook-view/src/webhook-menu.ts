import { SdMenu } from "@sidedesk/ui/menu-element";

/** The menu of the shared parts, under a name that no host page has. */
export class WebhookMenu extends SdMenu {}
