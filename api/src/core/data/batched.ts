/**
 * Turns a function over many into one over one: what is asked for while an answer is under way goes together into the
 * next call. Answers are returned in the order of the questions; an error is everybody's.
 * @param gather what each call waits for first, for more to join it
 * @param atOnce calls under way at a time, while as much waits as one takes
 */
export function batched<Q, A>(
  most: number,
  answerAll: (questions: Q[]) => Promise<A[]>,
  gather: () => Promise<void> = () => Promise.resolve(), // lets everything of this turn join
  atOnce = 1,
): (question: Q) => Promise<A> {
  const waiting: { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }[] = [];
  let running = 0;
  async function work(): Promise<void> {
    running += 1;
    while (waiting.length >= (running > 1 ? most : 1)) {
      if (waiting.length < most) await gather();
      const batch = waiting.splice(0, most);
      if (batch.length === 0) continue; // another call took them
      try {
        const answers = await answerAll(batch.map((item) => item.question));
        batch.forEach((item, index) => item.resolve(answers[index]!));
      } catch (error) {
        for (const item of batch) item.reject(error);
      }
    }
    running -= 1;
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (running === 0 || (running < atOnce && waiting.length >= most)) void work();
    });
}
