package dev.mneme.engine.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The instructions that agents get where none are given. Read once, when first needed. */
public final class BasePrompts {
  private static final Map<String, String> READ = new ConcurrentHashMap<>();

  private BasePrompts() {}

  /** Absent for types whose instructions have to be given. */
  public static Optional<String> of(AgentType type) {
    return type.prompt().map(BasePrompts::text);
  }

  /** A prompt by its name, such as {@code summary}. */
  public static String text(String name) {
    return READ.computeIfAbsent(name, BasePrompts::read);
  }

  private static String read(String name) {
    String path = "/dev/mneme/engine/prompts/" + name + ".md";
    try (InputStream in = BasePrompts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
