package dev.mneme.tool;

import dev.mneme.common.Sha256;
import java.util.List;
import java.util.Locale;

/**
 * What is called, as the operator's policy and the ledger know it.
 *
 * @param sha256 lower-case hex of the hash of the text as its author wrote it: grants are bound to
 *     it
 * @param readOnly whether the author says that it changes nothing outside itself
 */
public record ToolIdentity(
    Source source, String name, String sha256, ToolAsks asks, boolean readOnly) {

  /** Where a tool came from. */
  public enum Source {
    /** The server's own code, which no policy is about. */
    SERVER,
    /** The operator's {@code tool-library/}. */
    LIBRARY,
    /** Source that came over the API. */
    CUSTOM,
    /** What a model wrote for one run. */
    SCRIPT,
    /** Another MCP server. */
    UPSTREAM;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ToolIdentity server(ToolCode code) {
    return new ToolIdentity(Source.SERVER, code.name(), code.sha256(), ToolAsks.NOTHING, true);
  }

  /** A script of a model; of what its header asks for, only packages count. */
  public static ToolIdentity script(String text) {
    ToolAsks asks = ToolAsks.NOTHING.with(ToolAsks.of(text).packages());
    return new ToolIdentity(Source.SCRIPT, "run_python", Sha256.hex(text), asks, true);
  }

  /** A tool that came over the API; nobody vouches that it only reads. */
  public static ToolIdentity custom(String name, String source) {
    return custom(name, source, List.of());
  }

  /**
   * As above.
   *
   * @param packages what came with the tool, besides those its header names
   */
  public static ToolIdentity custom(String name, String source, List<String> packages) {
    ToolAsks asks = ToolAsks.of(source).with(packages);
    return new ToolIdentity(Source.CUSTOM, name, Sha256.hex(source), asks, false);
  }

  /**
   * A tool of another server.
   *
   * @param sha256 of its definition
   * @param readOnly whether its server says so, and is believed
   */
  public static ToolIdentity upstream(String name, String sha256, boolean readOnly) {
    return new ToolIdentity(Source.UPSTREAM, name, sha256, ToolAsks.NOTHING, readOnly);
  }

  static ToolIdentity library(String name, String source, ToolHeader header) {
    return new ToolIdentity(
        Source.LIBRARY, name, Sha256.hex(source), header.asks(), header.hints().readOnly());
  }
}
