package dev.mneme.launcher;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

  /** The complete build in it: jars, libraries and caches. */
  public static Path dist() {
    try {
      return shared().resolve("target/dist/current").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A home of the calling test's own, to be broken by it; its libraries are those of the shared
   * one.
   */
  static Path copy() {
    Path from = dist();
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
        Files.createSymbolicLink(dist.resolve(folder), from.resolve(folder));
      }
      Files.createSymbolicLink(home.resolve("target/dist/current"), Path.of("1"));
      for (String kind : List.of("relay", "serve", "cli")) {
        Path arguments = dist.resolve(kind + ".args");
        Files.writeString(
            arguments,
            Files.readString(arguments)
                .replace(from.toString(), dist.toString())
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

  /** Touches nothing that is as it has to be: another JVM's tests may be using it. */
  private static Path make(Path home) {
    Path note = home.resolve("target/dist/current/made-of");
    try {
      Files.createDirectories(home);
      try (FileChannel file = FileChannel.open(home.resolveSibling("home.lock"), CREATE, WRITE);
          FileLock _ = file.lock()) {
        String parts = home + "\n" + parts();
        if (!Files.exists(note) || !Files.readString(note).equals(parts)) {
          link(home);
          run("/bin/sh", home.resolve("mneme").toString(), "assemble");
          Files.writeString(note, parts);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  /** What a complete build is made of; while it is the same, so is the build. */
  private static String parts() throws IOException {
    List<Path> read = new ArrayList<>();
    for (String name : List.of("mneme", "target/mneme.jar", "target/mneme-worker.jar")) {
      read.add(CHECKOUT.resolve(name));
    }
    read.addAll(files(CHECKOUT.resolve("src/main/launcher")));
    read.addAll(files(CHECKOUT.resolve("tool-library")));
    StringBuilder parts = new StringBuilder(System.getProperty("java.home")).append('\n');
    for (Path file : read) {
      parts.append(file).append(' ').append(digest(file)).append('\n');
    }
    for (String libraries : List.of("target/lib", "target/worker-lib")) {
      for (Path jar : files(CHECKOUT.resolve(libraries))) {
        parts.append(jar).append(' ').append(Files.size(jar)).append('\n');
      }
    }
    return parts.toString();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
