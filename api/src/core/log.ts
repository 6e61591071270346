import { pino, type Logger } from "pino";

/** What is at least a warning is written at once; a line for each request is gathered with its neighbours, for a moment. */
const urgent = 40;
const gatheredMs = 100;
const out = pino.destination({ dest: 1, sync: true, minLength: 8_192 });
setInterval(() => out.flush(), gatheredMs).unref();
process.on("exit", () => out.flushSync());

/**
 * The process log: JSON lines on standard output. Request and response headers, bodies and message texts are never
 * passed in; the redaction is the second fence, for objects logged whole with an error.
 */
export const log: Logger = pino(
  {
    level: "info",
    base: null,
    redact: {
      paths: [
        "*.authorization",
        "*.cookie",
        "*.password",
        "*.token",
        "*.userToken",
        "*.key",
        "*.secret",
        "*.body",
        "*.subject",
        "*.description",
        "*.message.text",
        "headers",
      ],
      censor: "[redacted]",
    },
    serializers: { err: errorForLog },
    hooks: {
      logMethod(args, method, level) {
        method.apply(this, args);
        if (level >= urgent) out.flushSync();
      },
    },
  },
  out,
);

/** Keeps name, message, code and stack of an error, and nothing that a library hung onto it. */
function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = (error as { code?: unknown }).code;
  return {
    name,
    message,
    stack,
    ...(code === undefined ? {} : { code }),
    ...(error.cause ? { cause: errorForLog(error.cause) } : {}),
  };
}
