package dev.mneme.app;

/** Why a process owns a data folder. */
public enum Role {
  /** Somebody runs {@code mneme serve}: HTTP and the socket, until it is stopped. */
  SERVE,
  /** A relay needed an owner: the socket alone, until no window has needed it for a while. */
  BACKGROUND
}
