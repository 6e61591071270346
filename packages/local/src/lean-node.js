/**
 * How the API's process is started wherever memory counts: `npm start`, `npm run serve`, the benchmarks. One malloc arena
 * instead of eight a core, since its threads seldom allocate, and a young generation half as large: 60 MiB less under
 * load, at no throughput that could be measured (test/bench/README.md). And a heap of at most 2000 MiB, of which it needs
 * a twentieth: V8 lets garbage grow by how large a heap may become, by four times from 2 GiB on and by twice here. With all
 * roles that is 219 MiB instead of 392, for 4 % of the creates; 1 GiB would be 198 MiB for 15 %.
 */
export const leanNode = {
  env: { MALLOC_ARENA_MAX: "1" },
  flags: ["--max-semi-space-size=8", "--max-old-space-size=2000"],
};
