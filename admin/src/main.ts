import { adoptOnDocument, adoptTokens } from "@sidedesk/ui/page";
import { consolePage } from "./shell/console.styles.ts";
import { startLocalization } from "./shell/localization.ts";

adoptTokens();
adoptOnDocument(consolePage);
// The language first: the elements of the page come alive with the import.
void startLocalization().then(() => import("./shell/app.ts"));
