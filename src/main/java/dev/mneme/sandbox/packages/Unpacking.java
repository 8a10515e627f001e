package dev.mneme.sandbox.packages;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Installs wheels: unzips them, each file checked against the wheel's own list. Programs for the
 * command line, headers and {@code .pth} files, which Python would run at its start, are left out.
 */
final class Unpacking {
  private static final int MAX_FILES = 50_000;
  private static final long MAX_BYTES = 2L << 30;
  private static final int MAX_FILE = 512 << 20;
  private static final int PIECE = 64 << 10;
  private static final int MAX_RECORD = 32 << 20;

  private final WheelSet.Sink sink;
  private final Set<String> taken = new HashSet<>();
  private long bytes;

  Unpacking(WheelSet.Sink sink) {
    this.sink = sink;
  }

  void take(Wheel wheel) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.file().toFile())) {
      List<ZipEntry> entries = new ArrayList<>();
      zip.stream().filter(entry -> !entry.isDirectory()).limit(MAX_FILES).forEach(entries::add);
      ZipEntry list =
          entries.stream()
              .filter(entry -> entry.getName().matches("[^/]+\\.dist-info/RECORD"))
              .findFirst()
              .orElseThrow(() -> wheel.broken("it has no RECORD"));
      Map<String, String> hashes = hashes(text(zip, list));
      for (ZipEntry entry : entries) {
        Optional<String> place = place(wheel, entry.getName());
        if (place.isPresent()) {
          byte[] hash = put(wheel, zip, entry, place.get());
          if (!entry.getName().equals(list.getName())) {
            check(wheel, entry.getName(), hash, hashes.get(entry.getName()));
          }
        }
      }
    }
  }

  long bytes() {
    return bytes;
  }

  /** Copies a file to its place; the hash of what it holds. */
  private byte[] put(Wheel wheel, ZipFile zip, ZipEntry entry, String place) throws IOException {
    long size = entry.getSize();
    if (size < 0 || size > MAX_FILE) {
      throw wheel.broken(entry.getName() + " is larger than " + MAX_FILE + " bytes");
    }
    bytes += size;
    if (taken.size() >= MAX_FILES || bytes > MAX_BYTES) {
      throw MnemeException.limit(
          "packages_too_large",
          "The packages have more than " + MAX_FILES + " files or " + MAX_BYTES + " bytes.");
    }
    // Parts of a namespace may bring the same empty file; the first is as good as the second.
    boolean first = taken.add(place);
    if (!first && size > 0 && !place.endsWith("__init__.py")) {
      throw wheel.broken("another package has the file " + place + " as well");
    }
    MessageDigest digest = Sha256.fresh();
    try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest);
        OutputStream out = first ? sink.begin(place, size) : OutputStream.nullOutputStream()) {
      copy(wheel, entry, in, out);
    }
    return digest.digest();
  }

  /** Exactly as many bytes as were promised, whatever the archive holds. */
  private static void copy(Wheel wheel, ZipEntry entry, InputStream in, OutputStream out)
      throws IOException {
    byte[] piece = new byte[PIECE];
    long left = entry.getSize();
    int read = in.read(piece);
    while (read >= 0 && read <= left) {
      out.write(piece, 0, read);
      left -= read;
      read = in.read(piece);
    }
    if (left > 0 || read >= 0) {
      throw wheel.broken(entry.getName() + " has another size than the archive says");
    }
  }

  /** Where a file belongs; absent for what is not installed. */
  private static Optional<String> place(Wheel wheel, String name) {
    List<String> parts = List.of(name.split("/", -1));
    if (name.isEmpty()
        || name.indexOf('\\') >= 0
        || name.chars().anyMatch(c -> c < ' ')
        || parts.stream()
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
      throw wheel.broken("it has a file with the name " + name);
    }
    if (parts.size() == 1 && name.endsWith(".pth")) {
      return Optional.empty();
    }
    if (!parts.getFirst().endsWith(".data")) {
      return Optional.of(name);
    }
    boolean library =
        parts.size() > 2 && (parts.get(1).equals("purelib") || parts.get(1).equals("platlib"));
    return library
        ? place(wheel, String.join("/", parts.subList(2, parts.size())))
        : Optional.empty();
  }

  private static void check(Wheel wheel, String name, byte[] found, @Nullable String hash) {
    if (name.matches("[^/]+\\.dist-info/RECORD\\.(jws|p7s)")) {
      return;
    }
    if (hash == null) {
      throw wheel.broken("its RECORD has no hash of " + name);
    }
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(found).equals(hash)) {
      throw wheel.broken("the hash of " + name + " is another one than its RECORD says");
    }
  }

  /** Of lines {@code path,sha256=hash,size}; a path with a comma stands in quotes. */
  private static Map<String, String> hashes(String record) {
    Map<String, String> hashes = new HashMap<>();
    for (String line : record.lines().toList()) {
      int size = line.lastIndexOf(',');
      int hash = size < 0 ? -1 : line.lastIndexOf(',', size - 1);
      if (hash > 0 && line.startsWith("sha256=", hash + 1)) {
        String path = line.substring(0, hash);
        boolean quoted = path.length() > 1 && path.startsWith("\"") && path.endsWith("\"");
        hashes.put(
            quoted ? path.substring(1, path.length() - 1).replace("\"\"", "\"") : path,
            line.substring(hash + 1 + "sha256=".length(), size).replace("=", ""));
      }
    }
    return hashes;
  }

  private static String text(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readNBytes(MAX_RECORD), StandardCharsets.UTF_8);
    }
  }
}
