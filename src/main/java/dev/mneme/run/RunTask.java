package dev.mneme.run;

/**
 * The work of a run, on a virtual thread of its own, when its conversation is free. Interrupted
 * when the run is cancelled or the server stops.
 */
@FunctionalInterface
public interface RunTask {
  /** Works and tells; returns how it ended. What it throws makes the run fail. */
  RunEvent.Ended work(RunWork work);
}
