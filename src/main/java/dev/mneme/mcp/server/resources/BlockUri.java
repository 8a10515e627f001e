package dev.mneme.mcp.server.resources;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.Labels;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
    String agent = decode(matcher.group(1));
    String label = decode(matcher.group(2));
    if (!Labels.isLabel(label)) {
      throw unknown();
    }
    return new BlockUri(agent, label);
  }

  /** The one spelling that is listed and told of in updates. */
  String text() {
    return "memory://agents/" + encode(agent) + "/blocks/" + encode(label);
  }

  static MnemeException unknown() {
    return MnemeException.notFound(
        "unknown_resource",
        "There is no such memory block. Addresses have the form "
            + TEMPLATE
            + "; resources/list shows all.");
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw unknown();
    }
  }
}
