import { bundleSizes } from "../support/bundle-sizes.ts";

/*
 * What a visitor's browser loads, in bytes after brotli: each piece, and the three sums that GOALS bounds. There is no floor
 * to measure beside it; lit and socket.io-client alone would be about 17 KB. Fails above a goal.
 */
const kilobyte = 1024;
const sizes = bundleSizes();
const line = (name: string, bytes: number, goal?: number): string =>
  `${name.padEnd(34)}${String(bytes).padStart(8)} B${goal ? `   goal ${goal / kilobyte} KB   ${bytes <= goal ? "ok" : "ABOVE"}` : ""}`;

const goals: [string, number, number][] = [
  ["loader", sizes.loader, 2 * kilobyte],
  ["launcher, bell and count", sizes.launcher, 25 * kilobyte],
  ["whole widget", sizes.whole, 45 * kilobyte],
];
console.log("Sizes after brotli");
for (const [name, bytes] of Object.entries(sizes.modules).sort((one, other) => other[1] - one[1]))
  console.log(line(`  ${name}`, bytes));
for (const [name, bytes, goal] of goals) console.log(line(name, bytes, goal));
if (goals.some(([, bytes, goal]) => bytes > goal)) process.exitCode = 1;
