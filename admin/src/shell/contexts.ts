import { createContext } from "@lit/context";
import type { Directory } from "./directory.ts";
import type { Notices } from "./notices.ts";
import type { Session } from "./session.ts";
import type { TicketList } from "./ticket-list.ts";
import type { Toasts } from "./toasts.ts";
import type { Views } from "./views.ts";

export const sessionContext = createContext<Session>(Symbol("session"));
export const directoryContext = createContext<Directory>(Symbol("directory"));
export const ticketListContext = createContext<TicketList>(Symbol("ticket-list"));
export const noticesContext = createContext<Notices>(Symbol("notices"));
export const toastsContext = createContext<Toasts>(Symbol("toasts"));
export const viewsContext = createContext<Views>(Symbol("views"));
