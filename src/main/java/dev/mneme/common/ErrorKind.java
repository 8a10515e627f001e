package dev.mneme.common;

/**
 * What went wrong, as far as a caller has to act on it; each face maps a kind to its own status.
 */
public enum ErrorKind {
  /** The request itself is wrong; sending it again unchanged cannot succeed. */
  INVALID,
  /** The thing named does not exist, or belongs to another owner. */
  NOT_FOUND,
  /** The request contradicts the present state; reading again and retrying may succeed. */
  CONFLICT,
  /** Something needed is not there at the moment; the same request may succeed later. */
  UNAVAILABLE,
  /** The caller may not do this. */
  DENIED,
  /** A limit was reached; the message names the limit and its value. */
  LIMIT,
  /** A defect of Mneme; the log has the details, the caller does not. */
  INTERNAL
}
