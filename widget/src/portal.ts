/** The page at `/portal/:siteSlug`: everything is needed at once, so nothing waits for a first open. */
import { adoptTokens } from "@sidedesk/ui/page";
import "./desk-elements.ts";
import { SidedeskBell } from "./notifications/bell.ts";
import { define } from "./session/desk-element.ts";
import { chooseLanguage } from "./session/locale.ts";
import { SidedeskPortalHome } from "./shell/portal-home.ts";
import { SidedeskPortal } from "./shell/portal.ts";

adoptTokens();
await chooseLanguage();
define("sidedesk-bell", SidedeskBell);
define("sidedesk-portal-home", SidedeskPortalHome);
define("sidedesk-portal", SidedeskPortal);
