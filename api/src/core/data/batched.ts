/**
 * Turns a function over many into one over one: what is asked for while an answer is under way goes together into the
 * next call. Answers are returned in the order of the questions; an error is everybody's.
 * @param gather what each call waits for first, for more to join it
 */
export function batched<Q, A>(
  most: number,
  answerAll: (questions: Q[]) => Promise<A[]>,
  gather: () => Promise<void> = () => Promise.resolve(), // lets everything of this turn join
): (question: Q) => Promise<A> {
  const waiting: { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }[] = [];
  let running = false;
  async function work(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      if (waiting.length < most) await gather();
      const batch = waiting.splice(0, most);
      try {
        const answers = await answerAll(batch.map((item) => item.question));
        batch.forEach((item, index) => item.resolve(answers[index]!));
      } catch (error) {
        for (const item of batch) item.reject(error);
      }
    }
    running = false;
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (!running) void work();
    });
}
