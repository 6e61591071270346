/**
 * How the API's process is started wherever memory counts: `npm start`, `npm run serve`, the benchmarks. One malloc arena
 * instead of eight a core, since its threads seldom allocate, and a young generation half as large: 60 MiB less under
 * load. And a heap of at most 1 GiB, of which it needs a tenth: V8 lets garbage grow by how large a heap may become, by
 * four times from 2 GiB on and by 1.6 times here, so an export takes 165 MiB instead of 285. None of it at a throughput
 * that could be measured (test/bench/README.md).
 */
export const leanNode = {
  env: { MALLOC_ARENA_MAX: "1" },
  flags: ["--max-semi-space-size=8", "--max-old-space-size=1024"],
};
