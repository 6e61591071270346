/** The files in what was pasted or dropped; empty when there are none, and then the event is not ours. */
export const filesIn = (event: ClipboardEvent | DragEvent): File[] => [
  ...((event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer)?.files ?? []),
];
