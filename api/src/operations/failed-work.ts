import type { FailedWork, FailedWorkQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { beyond, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { invalid, notFound } from "../core/errors.ts";
import { definedJobs, type Job } from "../core/jobs/define-job.ts";
import type { JobDocument } from "../core/jobs/job-state.ts";
import { replay } from "../core/jobs/replay.ts";

type Failed = JobDocument & { settledAt: Date };

/** A site's work of every kind that was given up, the latest first. @throws AppError 400 */
export async function listFailedWork(
  siteId: string,
  query: FailedWorkQuery,
): Promise<{ data: FailedWork[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const place = readTimeCursor(query.cursor);
  const found = await Promise.all(
    jobsNamed(query.queue).map(async (job) => {
      const rows = await job
        .collection()
        .find({ ...ofSite(job, siteId), ...beyond<Failed>("settledAt", -1, place) } as mongo.Filter<JobDocument>)
        .sort({ settledAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      return rows.map((row) => ({ job, row: row as Failed }));
    }),
  );
  const newestFirst = found
    .flat()
    .sort((a, b) => b.row.settledAt.getTime() - a.row.settledAt.getTime() || (a.row._id < b.row._id ? 1 : -1));
  const { rows, nextCursor } = pageOf(newestFirst, limit, ({ row }) => timeCursor(row.settledAt, row._id));
  return { data: rows.map(({ job, row }) => present(job, row)), nextCursor };
}

/**
 * Makes due again what was given up: one piece, or all of its kind. @returns how many
 * @throws AppError 400, 404 when there is no such piece that was given up
 */
export async function retryFailedWork(siteId: string, queue: string, id?: string): Promise<number> {
  const [job] = jobsNamed(queue);
  const filter = { ...ofSite(job!, siteId), ...(id ? { _id: id } : {}) } as mongo.Filter<JobDocument>;
  const collection = job!.collection();
  if (id && !(await collection.findOne(filter, { projection: { _id: 1 } }))) throw notFound("piece of failed work");
  return replay(job!, filter);
}

function jobsNamed(name: string | undefined): readonly Job[] {
  const jobs = definedJobs();
  if (name === undefined) return jobs;
  const job = jobs.find((one) => one.name === name);
  if (!job) throw invalid("queue", "There is no such kind of work.");
  return [job];
}

const ofSite = ({ isOfSite }: Job, siteId: string) => ({
  ...(isOfSite ? { _id: siteId } : { siteId }),
  state: "failed" as const,
  settledAt: { $type: "date" },
});

const present = ({ name, title }: Job, row: Failed): FailedWork => ({
  id: row._id,
  queue: name,
  title: title?.(row) ?? "",
  attempts: row.attempt,
  error: row.lastError?.message ?? null,
  failedAt: row.settledAt.toISOString(),
});
