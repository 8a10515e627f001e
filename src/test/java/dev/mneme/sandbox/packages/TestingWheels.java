package dev.mneme.sandbox.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes wheels of our own in a folder. */
public final class TestingWheels {
  private final Path folder;

  public TestingWheels(Path folder) {
    this.folder = folder;
  }

  /** A wheel of plain Python with one module that says its version. */
  public void plain(String name, String version, String... headers) {
    wheel(
        name,
        version,
        "py3-none-any",
        List.of(headers),
        Map.of(name + ".py", "VERSION = '" + version + "'\n"));
  }

  public Path wheel(
      String name, String version, String tags, List<String> headers, Map<String, String> files) {
    String info = name + "-" + version + ".dist-info/";
    Map<String, String> all = new LinkedHashMap<>(files);
    all.put(
        info + "METADATA",
        "Metadata-Version: 2.1\nName: "
            + name
            + "\nVersion: "
            + version
            + "\n"
            + String.join("\n", headers)
            + "\n\nA text.\n");
    StringBuilder record = new StringBuilder();
    all.forEach(
        (path, text) -> record.append(path).append(",sha256=").append(hash(text)).append(",1\n"));
    all.put(info + "RECORD", record + info + "RECORD,,\n");
    Path file = folder.resolve(name + "-" + version + "-" + tags + ".whl");
    zip(file, all);
    return file;
  }

  /** A wheel with one file of zeros, which is small as long as it is packed. */
  static void large(Path file, String name, int size) throws IOException {
    byte[] zeros = new byte[1 << 20];
    MessageDigest digest = sha256();
    String info = name + "-1.0.dist-info/";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name + ".bin"));
      for (int written = 0; written < size; written += zeros.length) {
        zip.write(zeros);
        digest.update(zeros);
      }
      zip.closeEntry();
      String metadata = "Name: " + name + "\n";
      zip.putNextEntry(new ZipEntry(info + "METADATA"));
      zip.write(metadata.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry(info + "RECORD"));
      zip.write(
          (name
                  + ".bin,sha256="
                  + text(digest.digest())
                  + ",1\n"
                  + info
                  + "METADATA,sha256="
                  + hash(metadata)
                  + ",1\n")
              .getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }

  static void zip(Path file, Map<String, String> content) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : content.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String hash(String text) {
    return text(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(byte[] hash) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
