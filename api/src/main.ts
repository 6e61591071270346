import { ConfigError, config, loadConfig } from "./core/config.ts";
import { log } from "./core/log.ts";
import { startProcess } from "./process.ts";

/**
 * In-flight work gets this long after SIGTERM, a little more than the longest attempt may take; then the process ends anyway,
 * and whatever was claimed is taken back by lease.
 */
const stopMs = 15_700;

async function main(): Promise<void> {
  loadConfig();
  log.level = config().SIDEDESK_LOG_LEVEL;
  const running = await startProcess();
  log.info({ port: running.port, roles: config().SIDEDESK_ROLES }, "ready");
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), stopMs).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));
main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof ConfigError
      ? `${error.message}\n`
      : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});
