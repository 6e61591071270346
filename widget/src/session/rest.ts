/** Ends the present task: the page may answer its user before what follows. No task of ours shall hold it up for long. */
export const rest = (): Promise<void> => new Promise((done) => setTimeout(done));
