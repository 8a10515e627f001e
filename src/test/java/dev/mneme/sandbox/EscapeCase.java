package dev.mneme.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way out of a sandbox, or to leave something in it, from {@code escape-cases.txt}.
 *
 * @param name what it tries
 * @param then the next call of the same caller, which looks for what was left
 * @param abnormal whether it ends at a limit or with its process
 */
public record EscapeCase(String name, String code, Optional<String> then, boolean abnormal) {
  private static final Pattern HEADING = Pattern.compile("(?m)^=== (!?)(.+)\\n");
  private static final String THEN = "\n--- then\n";

  /** All of them, in the order of the file. */
  public static List<EscapeCase> all() {
    String text = text();
    List<EscapeCase> all = new ArrayList<>();
    Matcher heading = HEADING.matcher(text);
    boolean more = heading.find();
    while (more) {
      boolean abnormal = !heading.group(1).isEmpty();
      String name = heading.group(2);
      int from = heading.end();
      more = heading.find();
      String body = text.substring(from, more ? heading.start() : text.length()).stripTrailing();
      int then = body.indexOf(THEN);
      all.add(
          new EscapeCase(
              name,
              then < 0 ? body : body.substring(0, then),
              then < 0 ? Optional.empty() : Optional.of(body.substring(then + THEN.length())),
              abnormal));
    }
    return all;
  }

  @Override
  public String toString() {
    return name;
  }

  private static String text() {
    try (InputStream in = EscapeCase.class.getResourceAsStream("escape-cases.txt")) {
      if (in == null) {
        throw new IllegalStateException("escape-cases.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
