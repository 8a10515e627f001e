package dev.mneme.sandbox.ledger;

import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolIdentity;
import java.time.Instant;
import java.util.Locale;

/**
 * One call in the ledger.
 *
 * @param tool source, name and hash count; what it asked for is not kept
 * @param arguments JSON, masked, and cut where it was long
 * @param place where it ran; of empty names while no worker has had it
 */
public record CallEntry(
    String id,
    Instant startedAt,
    Caller caller,
    ToolIdentity.Source source,
    String tool,
    String sha256,
    String arguments,
    int argumentsBytes,
    Ending ending,
    Traffic traffic,
    Place place) {

  /**
   * How a call ended.
   *
   * @param reason a word such as {@code timeout}; empty where all went well
   * @param message what the caller was told, which names the limit that was reached; masked
   */
  public record Ending(Outcome outcome, String reason, String message) {}

  /** What kind of end a call had. */
  public enum Outcome {
    RUNNING,
    OK,
    TOOL_ERROR,
    /** The tool did not run, or nobody knows to what end. */
    PROTOCOL_ERROR;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Bytes of result and output, and what was asked over the bridge. */
  public record Traffic(long result, long output, int requests, long bridge) {
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);
  }

  /** Which worker had the call, and microseconds: for a turn, for a start, in the code. */
  public record Place(String backend, String worker, long queue, long start, long run) {
    static final Place NOWHERE = new Place("", "", 0, 0, 0);
  }
}
