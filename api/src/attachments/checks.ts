import type { HealthCheck } from "../core/http/health.ts";
import { pingScanner, scannerIsNamed, scannerIsOff } from "./clamd.ts";
import { scans } from "./scan.model.ts";
import { storage } from "./storage.ts";

/** What `/health/ready` shows of files; neither makes the process not ready. */
export const attachmentChecks = (): HealthCheck[] => [
  { name: "storage", required: false, check: async () => (await storage()).check().then(() => true) },
  ...(scannerIsNamed() && !scannerIsOff()
    ? [{ name: "clamav", required: false, check: async () => (await pingScanner()).length > 0 }]
    : []),
];

/** For the doctor. @throws Error saying what is wrong */
export async function checkStorage(): Promise<string> {
  await (await storage()).check();
  return "can be read and written";
}

/** For the doctor. @throws Error saying what is wrong */
export async function checkScanner(): Promise<string> {
  if (scannerIsOff()) return "off (SIDEDESK_SCAN=off): files are not scanned";
  if (!scannerIsNamed())
    return "none is named, so uploads are refused; CLAMAV_URL names one, SIDEDESK_SCAN=off does without";
  const version = await pingScanner().catch((error: unknown) => {
    throw new Error(
      `does not answer at CLAMAV_URL (${error instanceof Error ? error.message : String(error)}); files wait for it`,
    );
  });
  const refused = await scans().countDocuments({ state: "failed" });
  if (refused > 0) throw new Error(`${version} could not judge ${refused} files, which stay locked; see the log`);
  return version;
}
