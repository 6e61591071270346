/**
 * How the API's process is started wherever memory counts: `npm start`, `npm run serve`, the benchmarks. One malloc arena
 * instead of eight a core, since its threads seldom allocate, and a young generation half as large: 60 MiB less under
 * load, at no throughput that could be measured (test/bench/README.md).
 */
export const leanNode = { env: { MALLOC_ARENA_MAX: "1" }, flags: ["--max-semi-space-size=8"] };
