import { exportRoutes } from "./export.routes.ts";

export const reportRoutes = [...exportRoutes];
export { exportTickets, type ExportFormat } from "./export-tickets.ts";
export { importTickets, type ImportProgress, type ImportResult } from "./import-tickets.ts";
