package dev.mneme.tool;

import dev.mneme.common.MnemeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A file that a caller gives to code.
 *
 * @param name its path in the code's folder of inputs: relative, with nothing that leads out of it
 * @param base64 the content
 */
public record InputFile(String name, String base64) {
  /** What one file may have. */
  public static final int MAX_BYTES = 1_500_000;

  private static final int MAX_NAME = 200;

  /** What file systems allow. */
  private static final int MAX_PART_BYTES = 255;

  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\\\:]");

  public InputFile {
    boolean leadsOut =
        Arrays.stream(name.split("/", -1))
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    boolean longPart =
        Arrays.stream(name.split("/", -1))
            .anyMatch(part -> part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES);
    if (longPart || name.length() > MAX_NAME || leadsOut || UNFIT.matcher(name).find()) {
      throw MnemeException.invalid(
          "invalid_file_name",
          "A file's name is a relative path of at most "
              + MAX_NAME
              + " characters, such as data.csv or tables/2026.csv.");
    }
  }

  /** A file with this text. */
  public static InputFile text(String name, String text) {
    return of(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A file with the bytes this text stands for.
   *
   * @throws MnemeException {@code invalid_file} when it is not base64
   */
  public static InputFile base64(String name, String base64) {
    try {
      return of(name, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw MnemeException.invalid(
          "invalid_file", "The content of the file " + name + " is not base64.");
    }
  }

  private static InputFile of(String name, byte[] content) {
    if (content.length > MAX_BYTES) {
      throw MnemeException.limit(
          "file_too_large",
          "The file "
              + name
              + " has "
              + content.length
              + " bytes; the limit for one file is "
              + MAX_BYTES
              + " bytes.");
    }
    return new InputFile(name, Base64.getEncoder().encodeToString(content));
  }

  public int bytes() {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / 4 * 3 - padding;
  }
}
