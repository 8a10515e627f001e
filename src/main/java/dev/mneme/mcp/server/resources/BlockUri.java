package dev.mneme.mcp.server.resources;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.Labels;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a block: {@code memory://agents/{agent}/blocks/{label}}.
 *
 * @param agent a name or an id
 */
record BlockUri(String agent, String label) {
  static final String TEMPLATE = "memory://agents/{agent}/blocks/{label}";
  private static final Pattern FORM = Pattern.compile("memory://agents/([^/?#]+)/blocks/([^/?#]+)");

  /**
   * @throws MnemeException of kind {@code NOT_FOUND}: what has no such form names nothing
   */
  static BlockUri parse(String uri) {
    Matcher matcher = FORM.matcher(uri);
    if (!matcher.matches()) {
      throw unknown();
    }
    String agent = MemoryUris.decode(matcher.group(1));
    String label = MemoryUris.decode(matcher.group(2));
    if (!Labels.isLabel(label)) {
      throw unknown();
    }
    return new BlockUri(agent, label);
  }

  /** The one spelling that is listed and told of in updates. */
  String text() {
    return "memory://agents/" + MemoryUris.encode(agent) + "/blocks/" + MemoryUris.encode(label);
  }

  static MnemeException unknown() {
    return MnemeException.notFound(
        "unknown_resource",
        "There is no such memory block. Addresses have the form "
            + TEMPLATE
            + "; resources/list shows all.");
  }
}
