package dev.mneme.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An installation of the program just packaged, in a folder of its own with a space in its name, so
 * that tests run what a user runs. Made once for all tests; it has no pom.xml, so it never builds.
 */
public final class TestHome {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath();
  private static Path shared;

  private TestHome() {}

  /** The home that tests may use but not change. */
  public static synchronized Path shared() {
    if (shared == null) {
      shared = make(CHECKOUT.resolve("target/it/home of tests"));
    }
    return shared;
  }

  public static Path launcher() {
    return shared().resolve("mneme");
  }

  /**
   * A home of the calling test's own, to be broken by it; its libraries are those of the shared
   * one.
   */
  static Path copy() {
    Path from = shared().resolve("target/dist/current");
    Path home = CHECKOUT.resolve("target/it/copy " + System.nanoTime());
    Path dist = home.resolve("target/dist/1");
    Path scripts = home.resolve("src/main/launcher");
    try {
      Files.createDirectories(dist);
      Files.createDirectories(scripts.getParent());
      run("cp", CHECKOUT.resolve("mneme").toString(), home.toString());
      run("cp", "-R", CHECKOUT.resolve("src/main/launcher").toString(), scripts.toString());
      run(
          "/bin/sh",
          "-c",
          "cp \"$1\"/*.* \"$1\"/java \"$1\"/complete \"$2\"",
          "copy",
          from.toString(),
          dist.toString());
      for (String folder : List.of("lib", "native")) {
        Files.createSymbolicLink(dist.resolve(folder), from.toRealPath().resolve(folder));
      }
      Files.createSymbolicLink(home.resolve("target/dist/current"), Path.of("1"));
      for (String kind : List.of("relay", "serve", "cli")) {
        Path arguments = dist.resolve(kind + ".args");
        Files.writeString(
            arguments,
            Files.readString(arguments)
                .replace(from.toRealPath().toString(), dist.toString())
                .replace(shared().toString(), home.toString()));
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path home) {
    run("rm", "-rf", home.toString());
  }

  private static Path make(Path home) {
    link(home);
    run("/bin/sh", home.resolve("mneme").toString(), "assemble");
    return home;
  }

  private static void link(Path home) {
    try {
      Files.createDirectories(home.resolve("target/dist"));
      Path launcher = home.resolve("mneme");
      Files.deleteIfExists(launcher);
      Files.copy(
          CHECKOUT.resolve("mneme"), launcher, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      List<String> links = new ArrayList<>(List.of("src", "mcp-config", "sandbox-images"));
      for (String name : List.of("mneme.jar", "mneme-worker.jar", "lib", "worker-lib", "classes")) {
        links.add("target/" + name);
      }
      for (String link : links) {
        Files.deleteIfExists(home.resolve(link));
        Files.createSymbolicLink(home.resolve(link), CHECKOUT.resolve(link));
      }
      // Not a link: the library's own folder may not be one.
      delete(home.resolve("tool-library"));
      run("cp", "-R", CHECKOUT.resolve("tool-library").toString(), home.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    File log = new File("target/it/assemble.log");
    try {
      Process process =
          builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log)).start();
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("failed: " + builder.command() + ", see " + log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
