import { isIP } from "node:net";
import { z } from "zod";

const flag = z.enum(["on", "off"]);
const count = (fallback: number) => z.coerce.number().int().min(1).max(1_000_000_000).default(fallback);
const roleNames = ["http", "live", "relay", "worker"] as const;
export type ProcessRole = (typeof roleNames)[number];
const commaList = z.string().transform((value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

/** Every environment variable the API reads; the README's table is checked against these names. */
export const environment = z.object({
  MONGODB_URI: z.string().min(1),
  REDIS_URL: z.string().min(1),
  SMTP_URL: z.string().min(1),
  SIDEDESK_URL: z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, "")),
  SIDEDESK_SECRET: z.string().min(32, "At least 32 characters, random."),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().optional(),
  SIDEDESK_MODE: z.enum(["production", "local"]).default("production"),
  SIDEDESK_ROLES: commaList.pipe(z.array(z.enum(roleNames)).min(1)).default(() => [...roleNames]),
  SIDEDESK_SESSION_SECONDS: z.coerce.number().int().min(5).max(86_400).default(900),
  SIDEDESK_VERIFY_SECONDS: z.coerce.number().int().min(60).max(2_592_000).default(86_400),
  SIDEDESK_RESET_SECONDS: z.coerce.number().int().min(60).max(604_800).default(3600),
  SIDEDESK_TRUSTED_PROXIES: commaList.default([]),
  SIDEDESK_OUTBOUND_ALLOW: commaList
    .refine((all) => all.every(isNetwork), "Addresses or CIDRs, comma-separated, such as 10.1.0.0/16")
    .default([]),
  SIDEDESK_SCAN: flag.optional(),
  CLAMAV_URL: z
    .string()
    .regex(/^(tcp:\/\/[^/\s]+:\d+|unix:\/.+)$/, "tcp://host:port or unix:/path")
    .optional(),
  SIDEDESK_IMPORT_MAX_BYTES: count(200 * 1024 * 1024),
  SIDEDESK_UPLOAD_MAX_BYTES: count(10 * 1024 * 1024),
  SIDEDESK_STORAGE: z.string().min(1).default("./.sidedesk/files"),
  SIDEDESK_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  SIDEDESK_S3_REGION: z.string().min(1).default("us-east-1"),
  SIDEDESK_S3_ACCESS_KEY: z.string().min(1).optional(),
  SIDEDESK_S3_SECRET_KEY: z.string().min(1).optional(),
  SIDEDESK_METRICS_TOKEN: z.string().min(1).optional(),
  SIDEDESK_MAIL_DIR: z.string().optional(),
  SIDEDESK_MAIL_FROM: z.string().default("support@localhost"),
  SIDEDESK_MAIL_DOMAINS: commaList.transform((all) => all.map((one) => one.toLowerCase())).default([]),
  SIDEDESK_DKIM_KEY: z
    .string()
    .transform((value) => value.replaceAll("\\n", "\n"))
    .refine(
      (value) => /^-----BEGIN (RSA )?PRIVATE KEY-----/.test(value),
      "A private key in PEM; line ends may be written as \\n.",
    )
    .optional(),
  SIDEDESK_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i)
    .default("sidedesk"),
  SIDEDESK_INBOUND_ADDRESS: z
    .string()
    .regex(
      /^(\*|[a-z0-9._-]{1,10})@[a-z0-9-]+(\.[a-z0-9-]+)*$/,
      "name@domain with up to 10 of a-z, 0-9, dot, _ and - before the @, or *@domain where all of the domain's mail comes in",
    )
    .optional(),
  SIDEDESK_INBOUND_IMAP_URL: z.url({ protocol: /^imaps?$/ }).optional(),
  SIDEDESK_INBOUND_MOVE_TO: z.string().min(1).max(200).optional(),
  SIDEDESK_INBOUND_POLL_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  SIDEDESK_INBOUND_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "whsec_ and the base64 of at least 24 random bytes")
    .optional(),
  SIDEDESK_INBOUND_AUTHSERV_ID: z.string().min(1).max(253).optional(),
  SIDEDESK_INBOUND_MAX_BYTES: count(25 * 1024 * 1024),
  SIDEDESK_LIMIT_INBOUND: count(20),
  SIDEDESK_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  SIDEDESK_REDIS_PREFIX: z.string().default("sidedesk"),
  SIDEDESK_LIMIT_CUSTOMER_WRITES: count(100),
  SIDEDESK_LIMIT_SESSIONS: count(600),
  SIDEDESK_LIMIT_SUBMISSIONS: count(60),
  SIDEDESK_LIMIT_STAFF: count(6000),
  SIDEDESK_LIMIT_LOGIN: count(10),
  SIDEDESK_LIMIT_PUSH_DEVICES: count(10),
  SIDEDESK_KEEP_ALIVE_SECONDS: count(75),
  SIDEDESK_LIVE_KEEP_ENTRIES: count(10_000),
  SIDEDESK_LIVE_KEEP_DAYS: count(7),
  SIDEDESK_AUDIT_KEEP_DAYS: count(730),
  SIDEDESK_FIGURES_LIVE_TICKETS: count(5000),
});
export type Config = Readonly<z.output<typeof environment>>;

let current: Config | undefined;

/** Thrown by {@link loadConfig}; names every variable that is missing or wrong, in one message. */
export class ConfigError extends Error {}

/**
 * Reads and validates the environment once.
 * @param source variables by name, instead of the process's own
 * @param fallback what holds where the source says nothing
 * @throws ConfigError naming everything that is wrong.
 */
export function loadConfig(
  source: Record<string, string | undefined> = process.env,
  fallback: Record<string, string> = {},
): Config {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const given = Object.fromEntries(
    Object.entries({ ...fallback, ...set }).filter(([name]) => name in environment.shape),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined ? `${name} is required` : `${name}: ${issue.message}`;
    });
    throw new ConfigError(
      `The configuration is not complete:\n  ${[...new Set(lines)].join("\n  ")}\nREADME.md documents each variable.`,
    );
  }
  current = Object.freeze(parsed.data);
  return current;
}

/** The configuration of this process. @throws Error before {@link loadConfig} has run. */
export function config(): Config {
  if (!current) throw new Error("config() before loadConfig()");
  return current;
}
