package dev.mneme.sandbox.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The files images are made of: {@code sandbox-images} of a checkout or an installation. */
public record ImageFiles(Path folder) {
  private static final int HASH_LENGTH = 12;

  /** The system calls a container may make: the profile's text, as the engine wants it. */
  public String seccompProfile() {
    try {
      return Files.readString(folder.resolve("python/seccomp.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The image's name: its tag says which files it was made of, so a changed file makes a new one.
   */
  public String tag(SandboxImage image) {
    MessageDigest hash = sha256();
    add(hash, SandboxImage.PYTHON);
    if (image != SandboxImage.PYTHON) {
      add(hash, image);
    }
    String text = HexFormat.of().formatHex(hash.digest());
    return image.repository() + ':' + text.substring(0, HASH_LENGTH);
  }

  private void add(MessageDigest hash, SandboxImage image) {
    Path root = folder.resolve(image.folder());
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> sorted = files.filter(file -> belongs(root, file)).sorted().toList();
      for (Path file : sorted) {
        hash.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        hash.update((byte) 0);
        hash.update(sha256().digest(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the sandbox images cannot be read", e);
    }
  }

  /** The profile goes with each container, not into the image. */
  private static boolean belongs(Path root, Path file) {
    return Files.isRegularFile(file)
        && !root.relativize(file).toString().contains("__pycache__")
        && !file.getFileName().toString().equals("seccomp.json");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
