export { importTickets, type ImportProgress, type ImportResult } from "./import-tickets.ts";
