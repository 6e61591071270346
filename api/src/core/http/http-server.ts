import type { Server } from "node:http";
import { config } from "../config.ts";
import { answerClientErrors } from "./client-errors.ts";

/**
 * Makes a server fit for the API. It keeps idle connections longer than proxies and clients do (60 s for most): when the
 * side that answers closes first, a request that is just on its way is lost, and with Node's 5 s that happens.
 */
export function prepareServer(server: Server): void {
  server.keepAliveTimeout = config().SIDEDESK_KEEP_ALIVE_SECONDS * 1000;
  answerClientErrors(server);
}
