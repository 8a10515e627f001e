package dev.mneme.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a backup holds; the first entry of its archive.
 *
 * @param format of the archive; a program refuses a newer one
 * @param version of the program that made it
 * @param schema the newest step of the database's schema
 * @param created an ISO-8601 time
 */
record BackupManifest(
    int format, String version, String schema, String created, List<Entry> entries) {
  static final String NAME = "manifest.json";
  static final int FORMAT = 1;
  static final int MAX_BYTES = 16 << 10;

  /** One file; all names a backup may hold are known. */
  record Entry(String name, long size, String sha256) {}

  static final Set<String> NAMES = Set.of(DataFolder.DATABASE, DataFolder.CONFIGURATION);

  byte[] write() {
    return Json.write(this).getBytes(StandardCharsets.UTF_8);
  }

  static BackupManifest read(byte[] content) {
    BackupManifest manifest;
    try {
      manifest =
          Json.mapper()
              .readValue(new String(content, StandardCharsets.UTF_8), BackupManifest.class);
    } catch (JsonProcessingException _) {
      throw invalid("its manifest is damaged");
    }
    manifest.check();
    return manifest;
  }

  @SuppressWarnings("ConstantValue") // what JSON leaves out is null
  private void check() {
    if (format > FORMAT) {
      throw MnemeException.conflict(
          "backup_newer",
          "The backup was made by a newer version of Mneme. Update Mneme, then restore it.");
    }
    if (format != FORMAT || version == null || schema == null || entries == null) {
      throw invalid("its manifest is damaged");
    }
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      boolean known = entry != null && entry.name != null && NAMES.contains(entry.name);
      if (!known || entry.sha256 == null || entry.size < 0 || !names.add(entry.name)) {
        throw invalid("its manifest names what no backup holds");
      }
    }
    if (!names.contains(DataFolder.DATABASE)) {
      throw invalid("it holds no database");
    }
  }

  static MnemeException invalid(String what) {
    return MnemeException.invalid(
        "invalid_backup", "This is no usable backup: " + what + ". Nothing was restored.");
  }
}
