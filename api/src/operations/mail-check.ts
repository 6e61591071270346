import { connect } from "node:net";
import { config } from "../core/config.ts";
import type { HealthCheck } from "../core/http/health.ts";

const patienceMs = 1500;
const freshMs = 10_000;
let known: { at: number; up: Promise<boolean> } | undefined;

/** Whether the mail server takes connections; asked at most every ten seconds. Mail waits while it does not. */
export const mailCheck: HealthCheck = {
  name: "mail",
  required: false,
  check: () => {
    if (!known || Date.now() - known.at > freshMs) known = { at: Date.now(), up: answers() };
    return known.up;
  },
};

function answers(): Promise<boolean> {
  const { hostname, port, protocol } = new URL(config().SMTP_URL);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) || (protocol === "smtps:" ? 465 : 587) });
    const end = (up: boolean): void => {
      socket.destroy();
      resolve(up);
    };
    socket.setTimeout(patienceMs, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
