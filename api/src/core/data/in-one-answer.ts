/**
 * `batchSize` for a find of at most this many documents that brings them in one answer: MongoDB begins with 101, and keeps
 * a cursor open, which is asked once more, when it has given exactly as many as it was asked for.
 */
export const inOneAnswer = (most: number): { batchSize: number } => ({ batchSize: most + 1 });
