package dev.mneme.sandbox;

import dev.mneme.tool.ToolOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code that means harm, from the list that all tests of the sandbox share.
 *
 * @param end how it has to end
 */
public record HostileSnippet(End end, String name, String code) {
  private static final Pattern HEADING = Pattern.compile("(?m)^=== ([a-z-]+): (.+)\\n");

  /** How a snippet has to end. */
  public enum End {
    REFUSED,
    TIMEOUT,
    TIMEOUT_OR_FULL,
    FULL_OR_REFUSED,
    FAILS,
    /** In time; it may even succeed. */
    HEAVY;

    public Set<Reason> reasons() {
      return switch (this) {
        case REFUSED -> EnumSet.of(Reason.ERROR);
        case TIMEOUT -> EnumSet.of(Reason.TIMEOUT);
        case TIMEOUT_OR_FULL -> EnumSet.of(Reason.TIMEOUT, Reason.LIMIT);
        case FULL_OR_REFUSED -> EnumSet.of(Reason.LIMIT, Reason.ERROR);
        case FAILS, HEAVY -> EnumSet.allOf(Reason.class);
      };
    }

    public boolean mustFail() {
      return this != HEAVY;
    }
  }

  /** All of them, in the order of the file. */
  public static List<HostileSnippet> all() {
    String text = text();
    List<HostileSnippet> all = new ArrayList<>();
    Matcher heading = HEADING.matcher(text);
    boolean more = heading.find();
    while (more) {
      End end = End.valueOf(heading.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
      String name = heading.group(2);
      int from = heading.end();
      more = heading.find();
      String code = text.substring(from, more ? heading.start() : text.length());
      all.add(new HostileSnippet(end, name, code.stripTrailing()));
    }
    if (all.isEmpty()) {
      throw new IllegalStateException("the list of hostile snippets is empty");
    }
    return all;
  }

  @Override
  public String toString() {
    return name;
  }

  private static String text() {
    try (InputStream in = HostileSnippet.class.getResourceAsStream("hostile-snippets.txt")) {
      if (in == null) {
        throw new IllegalStateException("hostile-snippets.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
