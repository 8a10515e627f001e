package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a backup. Only the known names come out, each once and of the size the manifest gives;
 * nothing else in an archive has any effect.
 */
final class BackupArchive {
  /** More than SQLite's pages of text and vectors ever shrink by. */
  private static final long MAX_RATIO = 200;

  private static final long FREE_OF_RATIO = 16L << 20;

  private BackupArchive() {}

  static BackupManifest extract(Path file, Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      ZipEntry first = zip.getNextEntry();
      if (first == null || !first.getName().equals(BackupManifest.NAME)) {
        throw BackupManifest.invalid("it does not begin with a manifest");
      }
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      copy(zip, content, BackupManifest.MAX_BYTES);
      BackupManifest manifest = BackupManifest.read(content.toByteArray());
      requireRoom(manifest, Files.size(file), folder);
      unpack(zip, manifest, folder);
      return manifest;
    } catch (NoSuchFileException _) {
      throw MnemeException.notFound("no_backup", "There is no file " + file + ".");
    } catch (ZipException | EOFException _) {
      throw BackupManifest.invalid("the archive is damaged or cut off");
    }
  }

  private static void unpack(ZipInputStream zip, BackupManifest manifest, Path folder)
      throws IOException {
    Map<String, BackupManifest.Entry> missing = new HashMap<>();
    manifest.entries().forEach(entry -> missing.put(entry.name(), entry));
    for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
      BackupManifest.Entry expected = missing.remove(next.getName());
      if (expected == null) {
        throw BackupManifest.invalid("it holds an entry that does not belong there");
      }
      Path file = folder.resolve(expected.name());
      try (FileChannel channel = PrivateFiles.create(file);
          OutputStream out = Channels.newOutputStream(channel)) {
        if (copy(zip, out, expected.size()) != expected.size()) {
          throw BackupManifest.invalid(expected.name() + " in it is cut off");
        }
        channel.force(true);
      }
      if (!Backup.sha256(file).equals(expected.sha256())) {
        throw BackupManifest.invalid(expected.name() + " in it was changed");
      }
    }
    if (!missing.isEmpty()) {
      throw BackupManifest.invalid("files are missing in it");
    }
  }

  private static void requireRoom(BackupManifest manifest, long packed, Path folder)
      throws IOException {
    long total = 0;
    for (BackupManifest.Entry entry : manifest.entries()) {
      boolean database = entry.name().equals(DataFolder.DATABASE);
      if (!database && entry.size() > Restore.MAX_CONFIGURATION) {
        throw BackupManifest.invalid(entry.name() + " in it is too large");
      }
      total += entry.size();
    }
    if (total < 0 || (total > FREE_OF_RATIO && total / MAX_RATIO > packed)) {
      throw BackupManifest.invalid("it would unpack to far more than its size");
    }
    if (total > Files.getFileStore(folder).getUsableSpace()) {
      throw MnemeException.unavailable(
          "disk_full", "The backup needs " + (total >> 20) + " MB; the disk has less.");
    }
  }

  private static long copy(InputStream in, OutputStream out, long limit) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long written = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      written += n;
      if (written > limit) {
        throw BackupManifest.invalid("an entry in it is larger than it says");
      }
      out.write(buffer, 0, n);
    }
    return written;
  }
}
