package dev.mneme.sandbox.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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
      throw unreadable(e);
    }
  }

  /** The image's name. Its tag says which files it was made of: a changed file makes a new one. */
  public String tag(SandboxImage image) {
    MessageDigest hash = sha256();
    try {
      for (Path file : of(image)) {
        hash.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        hash.update((byte) 0);
        hash.update(sha256().digest(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    String text = HexFormat.of().formatHex(hash.digest());
    return image.repository() + ':' + text.substring(0, HASH_LENGTH);
  }

  /** All files an image is made of, in a fixed order; every image has the fork server. */
  List<Path> of(SandboxImage image) {
    List<Path> all = new ArrayList<>(in(SandboxImage.PYTHON));
    if (image != SandboxImage.PYTHON) {
      all.addAll(in(image));
    }
    return all;
  }

  private List<Path> in(SandboxImage image) {
    Path root = folder.resolve(image.folder());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> belongs(root, file)).sorted().toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The profile goes with each container, not into the image. */
  private static boolean belongs(Path root, Path file) {
    return Files.isRegularFile(file)
        && !root.relativize(file).toString().contains("__pycache__")
        && !file.getFileName().toString().equals("seccomp.json");
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("the files of the sandbox images cannot be read", e);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
