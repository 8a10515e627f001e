package dev.mneme.tool;

import dev.mneme.common.Sha256;

/**
 * The Python source of a tool or a script.
 *
 * @param name the file name shown in tracebacks, such as {@code calculator.py}
 * @param source the whole text
 * @param sha256 lower-case hex of the hash of the UTF-8 source; grants and caches are bound to it
 */
public record ToolCode(String name, String source, String sha256, Trust trust) {
  public static ToolCode of(String name, String source, Trust trust) {
    return new ToolCode(name, source, Sha256.hex(source), trust);
  }
}
