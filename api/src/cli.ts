import { parseArgs } from "node:util";
import { ConfigError, loadConfig } from "./core/config.ts";
import { connectData, disconnectData, ensureIndexes } from "./core/data/connection.ts";
import { AppError } from "./core/errors.ts";
import { closeAlarms } from "./core/jobs/alarms.ts";
import { registerReactions } from "./core/events/reaction.ts";
import { log } from "./core/log.ts";
import { commands, CliError } from "./commands.ts";
import { reactions } from "./features.ts";

const usage = `Usage: npm run sidedesk -- <command>

  site create --slug SLUG --name NAME [--origin ORIGIN ...]
  site allow --slug SLUG --origin ORIGIN [--origin ...]
  staff create --site SLUG --email EMAIL --name NAME --role owner|admin|agent|viewer [--password-stdin]
  key create --site SLUG --kind public|secret|identity --label LABEL
  import FILE --site SLUG
  export [FILE] --site SLUG [--format csv|json]
  erase --site SLUG --email EMAIL
  doctor
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      slug: { type: "string" },
      name: { type: "string" },
      origin: { type: "string", multiple: true },
      site: { type: "string" },
      email: { type: "string" },
      role: { type: "string" },
      kind: { type: "string" },
      label: { type: "string" },
      format: { type: "string" },
      "password-stdin": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help || positionals.length === 0) {
    process.stdout.write(usage);
    return values.help ? 0 : 1;
  }
  const name = commands[`${positionals[0]} ${positionals[1]}`]
    ? `${positionals[0]} ${positionals[1]}`
    : (positionals[0] ?? "");
  const command = commands[name];
  if (!command) throw new CliError(`There is no command "${positionals.join(" ")}".\n\n${usage}`);
  // The tool talks to MongoDB alone; what the server needs besides is filled in so that one configuration check serves both.
  const { MONGODB_URI, SIDEDESK_LOG_LEVEL } = loadConfig(undefined, {
    REDIS_URL: "redis://127.0.0.1:6379",
    SMTP_URL: "smtp://127.0.0.1:25",
    SIDEDESK_URL: "http://localhost:4000",
    SIDEDESK_LOG_LEVEL: "warn",
  });
  log.level = SIDEDESK_LOG_LEVEL;
  if (name !== "doctor") {
    await connectData(MONGODB_URI);
    await ensureIndexes();
  }
  registerReactions(reactions);
  return command({ ...values, arguments: positionals.slice(name.split(" ").length) });
}

main()
  .then((code) => (process.exitCode = code))
  .catch((error: unknown) => {
    process.exitCode = 1;
    const known =
      error instanceof CliError ||
      error instanceof ConfigError ||
      error instanceof AppError ||
      String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
    const details =
      error instanceof AppError
        ? (error.extra.errors ?? []).map(({ path, message }) => `\n  ${path}: ${message}`).join("")
        : "";
    process.stderr.write(
      `${known ? `${(error as Error).message}${details}` : ((error as Error).stack ?? String(error))}\n`,
    );
  })
  .finally(() => closeAlarms())
  .finally(() => disconnectData());
