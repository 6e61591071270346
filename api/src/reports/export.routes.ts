import { exportQuery, ticketOutput } from "@sidedesk/contract";
import { z } from "zod";
import { bytes, streamed, type Answer } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { exportTickets, type ExportFormat } from "./export-tickets.ts";

type Input = Parameters<typeof exportTickets>;
const types = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

/** The header tells how many tickets there are as it begins, for whoever shows how far it has come. */
async function answerExport(caller: Input[0], query: Input[1], format: ExportFormat): Promise<Answer> {
  const { total, source } = await exportTickets(caller, query, format);
  const day = new Date().toISOString().slice(0, 10);
  return streamed(source, {
    type: types[format],
    headers: {
      "Content-Disposition": `attachment; filename="tickets-${day}.${format}"`,
      "Sidedesk-Total": String(total),
    },
  });
}

const shared = {
  method: "GET",
  tag: "Reports",
  callers: ["staff", "server"],
  query: exportQuery,
  status: 200,
} as const;

export const exportRoutes = [
  route({
    ...shared,
    path: "/v1/support/exports/tickets.csv",
    summary: "The list's tickets as CSV, in the columns of an import",
    streams: ["text/csv"],
    output: bytes,
    handle: ({ caller, query }) => answerExport(caller, query, "csv"),
  }),
  route({
    ...shared,
    path: "/v1/support/exports/tickets.json",
    summary: "The list's tickets as one JSON array",
    streams: ["application/json"],
    output: z.array(ticketOutput),
    handle: ({ caller, query }) => answerExport(caller, query, "json"),
  }),
];
