import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
import {
  email as emailSchema,
  keyInput,
  origin as originSchema,
  password as passwordSchema,
  siteInput,
  staffInvite,
} from "@sidedesk/contract";
import { addStaff, hashPassword } from "./accounts/index.ts";
import { parse } from "./core/http/validation.ts";
import { eraseByEmail } from "./erase-command.ts";
import { exportFile } from "./export-command.ts";
import { importFile } from "./import-command.ts";
import { runDoctor } from "./doctor.ts";
import { allowOrigin, createKey, createSite, findSiteBySlug, type SiteRecord } from "./sites/index.ts";

/** Said to the operator as it is, without a stack. */
export class CliError extends Error {}

export interface CommandInput {
  slug?: string | undefined;
  name?: string | undefined;
  origin?: string[] | undefined;
  site?: string | undefined;
  email?: string | undefined;
  role?: string | undefined;
  kind?: string | undefined;
  label?: string | undefined;
  format?: string | undefined;
  "password-stdin"?: boolean | undefined;
  arguments: string[];
}
type Command = (input: CommandInput) => Promise<number>;

const operator = { kind: "system", id: null, name: "operator" } as const;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** The operator's commands; each resolves with the exit code. */
export const commands: Record<string, Command> = {
  "site create": async ({ slug, name, origin }) => {
    const site = await createSite(parse(siteInput, { slug, name, origins: origin ?? [] }));
    print(site.slug);
    return 0;
  },
  "site allow": async ({ slug, origin = [] }) => {
    const site = await siteOf(slug, "--slug");
    for (const one of origin) await allowOrigin(site.id, parse(originSchema, one));
    return 0;
  },
  "staff create": async ({ site, email, name, role, "password-stdin": fromStdin }) => {
    const { id } = await siteOf(site, "--site");
    const person = parse(staffInvite, { email, name, role });
    const passwordHash = fromStdin
      ? await hashPassword(parse(passwordSchema, (await text(process.stdin)).replace(/\r?\n$/, "")))
      : undefined;
    const staff = await addStaff(id, operator, { ...person, passwordHash });
    print(staff._id);
    return 0;
  },
  "key create": async ({ site, kind, label }) => {
    const { id } = await siteOf(site, "--site");
    const input = parse(keyInput, { kind, label });
    print((await createKey(id, input.kind, input.label)).key);
    return 0;
  },
  import: async ({ site, arguments: [file] }) => {
    if (!file) throw new CliError("Name the file: import FILE --site SLUG");
    const { id } = await siteOf(site, "--site");
    await readable(file);
    return importFile(id, file);
  },
  export: async ({ site, format, arguments: [file] }) => {
    const { id } = await siteOf(site, "--site");
    const wanted = format ?? (file?.endsWith(".json") ? "json" : "csv");
    if (wanted !== "csv" && wanted !== "json") throw new CliError("--format is csv or json.");
    return exportFile(id, wanted, file);
  },
  erase: async ({ site, email }) => {
    const { id } = await siteOf(site, "--site");
    if (!email) throw new CliError("Name whom by their address: erase --site SLUG --email EMAIL");
    return eraseByEmail(id, parse(emailSchema, email), print);
  },
  doctor: () => runDoctor(print),
};

async function siteOf(slug: string | undefined, option: string): Promise<SiteRecord> {
  if (!slug) throw new CliError(`Name the site with ${option}.`);
  const site = await findSiteBySlug(slug);
  if (!site) throw new CliError(`There is no site "${slug}".`);
  return site;
}

function readable(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = createReadStream(file, { start: 0, end: 0 });
    stream.once("error", (error) => reject(new CliError(`The file cannot be read: ${error.message}`)));
    stream.once("readable", () => {
      stream.destroy();
      resolve();
    });
  });
}
