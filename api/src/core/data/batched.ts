/**
 * Turns a function over many into one over one: what is asked for while an answer is under way goes together into the
 * next call. Answers are returned in the order of the questions; an error is everybody's.
 */
export function batched<Q, A>(most: number, answerAll: (questions: Q[]) => Promise<A[]>): (question: Q) => Promise<A> {
  const waiting: { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }[] = [];
  let running = false;
  async function work(): Promise<void> {
    running = true;
    await Promise.resolve(); // lets everything of this turn join
    while (waiting.length > 0) {
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
