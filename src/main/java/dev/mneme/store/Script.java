package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A numbered migration script of a feature.
 *
 * @param file its name, such as {@code V1_00__owners.sql}
 * @param version as Flyway writes it, such as {@code 1.00}
 * @param checksum as Flyway computes it: over the lines without their ends
 */
record Script(String file, String version, String description, String sql, int checksum) {
  private static final Pattern NAME = Pattern.compile(".*/(V(\\d+)_(\\d\\d)__([a-z0-9_]+)\\.sql)");

  /**
   * Reads a script.
   *
   * @param path such as {@code store/migrations/V1_00__owners.sql}
   */
  static Script read(String path) {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw new IllegalArgumentException("Not the name of a migration script: " + path);
    }
    try (InputStream in = Script.class.getResourceAsStream("/dev/mneme/" + path)) {
      if (in == null) {
        throw new IOException("no such script: " + path);
      }
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Script(
          name.group(1),
          name.group(2) + '.' + name.group(3),
          name.group(4).replace('_', ' '),
          sql,
          checksum(sql));
    } catch (IOException e) {
      throw MnemeException.internal("missing_script", "This build of Mneme is not complete.", e);
    }
  }

  private static int checksum(String sql) {
    CRC32 crc = new CRC32();
    sql.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }
}
