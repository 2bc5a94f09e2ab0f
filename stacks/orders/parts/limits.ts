/** HTTP APIs give up after 30 s; an order that takes 5 s to accept has already failed. */
export const intakeTimeoutSeconds = 5;

/** One batch of ten small writes; the queue's visibility timeout follows from it. */
export const workerTimeoutSeconds = 5;
