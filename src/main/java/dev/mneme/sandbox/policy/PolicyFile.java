package dev.mneme.sandbox.policy;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy as its file says at present: looked at when it is asked for, at most once a second.
 * Thread-safe. A file that is not there grants nothing.
 *
 * <p>A file that was changed into one with mistakes does not count: the last good one does, without
 * what it granted, because the change may have been meant to take a grant away.
 */
public final class PolicyFile {
  private static final Logger log = LoggerFactory.getLogger(PolicyFile.class);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MAX_BYTES = 1 << 20;

  private final Path path;
  private final LongSupplier nanoTime;
  private String text;
  private long looked;
  private volatile Policy policy;
  private volatile Optional<String> problem = Optional.empty();

  private PolicyFile(Path path, String text, Policy policy, LongSupplier nanoTime) {
    this.path = path;
    this.text = text;
    this.policy = policy;
    this.nanoTime = nanoTime;
    this.looked = nanoTime.getAsLong();
  }

  /**
   * Reads the file.
   *
   * @throws MnemeException {@code invalid_policy}, naming every mistake with table and key
   */
  public static PolicyFile open(Path path, LongSupplier nanoTime) {
    String text = text(path);
    return new PolicyFile(path, text, parse(path, text), nanoTime);
  }

  /** The policy that counts now. */
  public Policy policy() {
    look();
    return policy;
  }

  /** What is wrong with the file, where it changed into one with mistakes. */
  public Optional<String> problem() {
    look();
    return problem;
  }

  private synchronized void look() {
    long now = nanoTime.getAsLong();
    if (now - looked < LOOK_NANOS) {
      return;
    }
    looked = now;
    try {
      String present = text(path);
      if (present.equals(text)) {
        return;
      }
      text = present;
      policy = parse(path, present);
      problem = Optional.empty();
      log.info("The policy was read anew.");
    } catch (MnemeException e) {
      if (problem.filter(e.message()::equals).isEmpty()) {
        log.error(
            "The policy has mistakes; nothing is granted until they are gone: {}", e.message());
      }
      policy = policy.withoutGrants();
      problem = Optional.of(e.message());
    }
  }

  private static Policy parse(Path path, String text) {
    String name = String.valueOf(path.getFileName());
    return text.isBlank() ? Policy.DEFAULT : PolicyReader.read(name, text);
  }

  private static String text(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw MnemeException.invalid("invalid_policy", path + " is larger than 1 MiB.");
      }
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      return "";
    } catch (MalformedInputException e) {
      throw MnemeException.invalid("invalid_policy", path + " is not UTF-8 text.");
    } catch (IOException e) {
      throw MnemeException.invalid(
          "invalid_policy", path + " cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
