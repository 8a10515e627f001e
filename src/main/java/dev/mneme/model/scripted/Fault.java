package dev.mneme.model.scripted;

/** What can go wrong with a model, to be had on demand. */
enum Fault {
  /** Refused: too many requests. */
  RATE_LIMIT,
  /** Refused with the status of the entry. */
  ERROR,
  /** Refused: the request does not fit the context window. */
  OVERFLOW,
  /** No answer in time, said at once. */
  TIMEOUT,
  /** No answer at all until somebody gives up. */
  HANG,
  /** Half of the answer, then nothing. */
  CUT,
  /** Arguments of tools that are no JSON and cannot be made to be. */
  MALFORMED,
  /** An answer with nothing in it. */
  EMPTY
}
