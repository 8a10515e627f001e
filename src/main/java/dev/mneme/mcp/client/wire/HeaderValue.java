package dev.mneme.mcp.client.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any text as the value of a header, in the form that revision 2026-07-28 gives it. */
final class HeaderValue {
  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private HeaderValue() {}

  /** The text itself where a header can hold it, else its base64 between marks. */
  static String of(String text) {
    boolean plain =
        text.chars().allMatch(c -> c >= ' ' && c <= '~')
            && text.equals(text.strip())
            && !(text.startsWith(OPEN) && text.endsWith(CLOSE));
    return plain
        ? text
        : OPEN + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + CLOSE;
  }
}
