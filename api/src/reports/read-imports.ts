import type { Import } from "@sidedesk/contract";
import { beyond, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { notFound } from "../core/errors.ts";
import { csvLine, byteOrderMark } from "./csv.ts";
import { importRuns, type ImportRunDocument } from "./import-run.model.ts";
import { findImports, type ImportDocument } from "./import.model.ts";

/** So many of the rejected rows stand in an answer; all that were kept are in the CSV of them. */
const errorsShown = 100;

/** @throws AppError 404 */
export async function getImport(siteId: string, id: string): Promise<Import> {
  const run = await getRun(siteId, id);
  const [progress] = await findImports(siteId, [id], errorsShown);
  return present(run, progress);
}

/** A site's uploaded imports, newest first. */
export async function listImports(
  siteId: string,
  query: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ data: Import[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const found = await importRuns()
    .find({
      siteId,
      ...beyond<ImportRunDocument>("createdAt", -1, readTimeCursor(query.cursor)),
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, _id }) => timeCursor(createdAt, _id));
  const progress = await findImports(
    siteId,
    rows.map(({ _id }) => _id),
    0,
  );
  const byId = new Map(progress.map((one) => [one._id, one]));
  return { data: rows.map((run) => present(run, byId.get(run._id))), nextCursor };
}

/** The rejected rows that were kept, as CSV. @throws AppError 404 */
export async function rejectsOf(siteId: string, id: string): Promise<string> {
  await getRun(siteId, id);
  const [progress] = await findImports(siteId, [id], Number.MAX_SAFE_INTEGER);
  const lines = (progress?.rejects ?? []).map(({ line, message }) => csvLine([String(line), message]));
  return byteOrderMark + csvLine(["row", "message"]) + lines.join("");
}

async function getRun(siteId: string, id: string): Promise<ImportRunDocument> {
  const run = await importRuns().findOne({ _id: id, siteId });
  if (!run) throw notFound("import");
  return run;
}

const states: Record<ImportRunDocument["state"], Import["state"]> = {
  pending: "pending",
  inflight: "running",
  succeeded: "done",
  failed: "failed",
  held: "pending",
  cancelled: "failed",
};

function present(run: ImportRunDocument, progress: ImportDocument | undefined): Import {
  const rows = progress?.rows ?? 0;
  const isBegun = run.state === "pending" && rows > 0;
  return {
    id: run._id,
    state: isBegun ? "running" : states[run.state],
    done: rows,
    total: run.total,
    imported: progress?.imported ?? 0,
    rejected: progress?.rejected ?? 0,
    alreadyThere: rows - (progress?.imported ?? 0) - (progress?.rejected ?? 0),
    people: progress?.people ?? 0,
    filesLeft: progress?.filesLeft ?? 0,
    errors: (progress?.rejects ?? []).map(({ line, message }) => ({ row: line, message })),
    name: run.name,
    by: run.by.name,
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.settledAt?.toISOString() ?? null,
    problem: run.state === "failed" ? (run.lastError?.message ?? "") : null,
  };
}
