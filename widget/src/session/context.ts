import { createContext } from "@lit/context";
import type { Desk } from "./desk.ts";

/** The desk that elements inside a panel or portal belong to. */
export const deskContext = createContext<Desk>(Symbol.for("sidedesk-desk"));
