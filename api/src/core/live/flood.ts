/** Messages a socket may send in any one second. */
const perSecond = 20;
/** Who tries this many in a second is cut off at once, … */
const floodPerSecond = 100;
/** … and so is who goes on past the limit for this many refusals without a quiet second. */
const patience = 200;

export type Verdict = "ok" | "refused" | "cut";

/** Judges one socket's messages as they come. */
export function floodGuard(now: () => number = performance.now.bind(performance)): () => Verdict {
  const accepted: number[] = [];
  const tried: number[] = [];
  let refusals = 0;
  return () => {
    const at = now();
    while (accepted.length > 0 && accepted[0]! <= at - 1000) accepted.shift();
    while (tried.length > 0 && tried[0]! <= at - 1000) tried.shift();
    if (tried.length === 0) refusals = 0;
    tried.push(at);
    if (tried.length > floodPerSecond) return "cut";
    if (accepted.length < perSecond) {
      accepted.push(at);
      return "ok";
    }
    refusals += 1;
    return refusals > patience ? "cut" : "refused";
  };
}
