/** The faults of DELIVERY.md, by their number. */
export const faults: Record<number, string> = {
  1: "SIGKILL the API right after it acknowledged, under load",
  2: "SIGKILL the worker before, while and after sending",
  3: "the same delivery's worker killed again and again",
  4: "SIGTERM with 50 in flight",
  5: "Redis restarted, and wiped with much pending",
  6: "Redis down at 20 writes a second; Redis full",
  7: "MongoDB killed under load; step-down in a set of three",
  8: "change stream closed, or its history gone",
  9: "endpoint that hangs, drips, floods or bombs",
  10: "redirects to inside, rebinding names, private addresses",
  11: "Retry-After in all its forms, 410, constant 500",
  12: "two workers, jobs added twice, sweep against worker",
  13: "one site floods a dead endpoint",
  14: "a worker's clock 10 minutes off",
  15: "mail server accepts, then drops the line",
  16: "socket cut, and server restarted, while notices arrive",
  17: "access withdrawn while away",
  18: "clean-up while work is pending",
};

const others: Record<number, string> = {
  9: "W5 safety",
  10: "W5 safety",
  11: "W3 retries",
  13: "W5 safety",
  15: "E1 mail",
  16: "R5 nothing missed",
  17: "R3 authorisation",
  18: "T7 clean-up",
};
/** The feature that a row is about: most show that what was acknowledged is delivered, whatever is killed. */
export const featureOf = (row: number): string => others[row] ?? "W6 durability";

/** Whether the counts are those of DELIVERY.md (`npm run test:faults`), or fewer, as in `npm test`. Read here and nowhere else. */
export const isFull = process.env["FAULTS"] === "full";
