package dev.mneme.mcp.client;

import dev.mneme.common.Sha256;
import java.util.regex.Pattern;

/**
 * The names by which tools of other servers are called here: {@code server__tool}, from the first
 * server on, so that a name stays the same whatever servers come. Where that is too long or not
 * made of letters, digits, {@code _} and {@code -}, it is cut and a hash of both names follows.
 */
final class ToolNames {
  private static final int MOST = 64;
  private static final int HASH = 8;

  /** A server whose name has no place where another could be taken for the separator. */
  private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*");

  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_-]+");

  private ToolNames() {}

  static String of(String server, String tool) {
    String name = plain(server) + "__" + plain(tool);
    boolean exact = SERVER.matcher(server).matches() && TOOL.matcher(tool).matches();
    if (exact && name.length() <= MOST) {
      return name;
    }
    String hash = Sha256.hex(server + "\0" + tool).substring(0, HASH);
    int kept = Math.min(name.length(), MOST - HASH - 1);
    return name.substring(0, kept) + "_" + hash;
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
