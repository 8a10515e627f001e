package dev.mneme.store;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sqlite.SQLiteDataSource;

/**
 * Writes a data folder into one file: the database as of one moment, and the configuration. A
 * server may go on using the folder meanwhile, in this process or another.
 *
 * <p>{@code secret.key} is left out, since whoever finds the backup could otherwise read the
 * secrets in it; the search index is left out, since it is made again.
 */
public final class Backup {
  /**
   * What was written.
   *
   * @param notes what the user has to know, in sentences
   */
  public record Result(Path file, long bytes, List<String> notes) {}

  private final Clock clock;
  private final String version;

  /**
   * Prepares for writing and reading backups.
   *
   * @param version of the program
   */
  public Backup(Clock clock, String version) {
    this.clock = clock;
    this.version = version;
  }

  /** Writes a backup; the file is whole when it appears, and is never written over. */
  public Result write(Path dataFolder, Path target) {
    Path source = dataFolder.toAbsolutePath().normalize();
    Path file = target.toAbsolutePath().normalize();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file);
    }
    try {
      requireDatabase(source);
      try (Staging staging = Staging.beside(file)) {
        Path archive = archive(source, staging.path());
        publish(archive, file);
      }
      return new Result(file, Files.size(file), notes(source));
    } catch (IOException e) {
      throw Staging.failed("The backup could not be written to " + file, e);
    }
  }

  /** Reads a backup into a new folder, all or nothing. */
  public Restore.Result restore(Path file, Path dataFolder) {
    return Restore.run(file.toAbsolutePath(), dataFolder.toAbsolutePath().normalize());
  }

  private static void requireDatabase(Path folder) throws IOException {
    Path database = folder.resolve(DataFolder.DATABASE);
    if (!Files.exists(database, LinkOption.NOFOLLOW_LINKS)) {
      throw MnemeException.notFound(
          "no_data_folder", folder + " is no data folder of Mneme; name it with --data.");
    }
    PrivateFiles.folder(folder);
    PrivateFiles.requireFile(database);
  }

  private Path archive(Path source, Path staging) throws IOException {
    Path database = staging.resolve(DataFolder.DATABASE);
    String schema = copyDatabase(source.resolve(DataFolder.DATABASE), database);
    List<Path> files = new ArrayList<>(List.of(database));
    Path configuration = source.resolve(DataFolder.CONFIGURATION);
    if (Files.exists(configuration, LinkOption.NOFOLLOW_LINKS)) {
      Path copy = staging.resolve(DataFolder.CONFIGURATION);
      PrivateFiles.write(copy, PrivateFiles.read(configuration, Restore.MAX_CONFIGURATION));
      files.add(copy);
    }
    List<BackupManifest.Entry> entries = new ArrayList<>();
    for (Path file : files) {
      entries.add(
          new BackupManifest.Entry(file.getFileName().toString(), Files.size(file), sha256(file)));
    }
    BackupManifest manifest =
        new BackupManifest(
            BackupManifest.FORMAT, version, schema, clock.instant().toString(), entries);
    Path archive = staging.resolve("backup.zip");
    try (FileChannel channel = PrivateFiles.create(archive);
        OutputStream out = Channels.newOutputStream(channel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
      zip.write(manifest.write());
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
      }
      zip.finish();
      channel.force(true);
    }
    return archive;
  }

  /** Copies what is there now, without what was deleted; gives the newest step of the schema. */
  private static String copyDatabase(Path from, Path to) {
    SQLiteDataSource source = Database.source(from);
    source.setReadOnly(true);
    try (Connection connection = source.getConnection()) {
      SchemaHistory history =
          SchemaHistory.read(connection)
              .orElseThrow(
                  () -> MnemeException.notFound("no_data", "The data folder holds nothing yet."));
      try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, to.toString());
        copy.execute();
      }
      return history.newest();
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** A hard link appears whole and, unlike a rename, never takes the place of another file. */
  private static void publish(Path archive, Path file) throws IOException {
    try {
      Files.createLink(file, archive);
    } catch (FileAlreadyExistsException _) {
      throw exists(file);
    } catch (UnsupportedOperationException | IOException _) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(file);
      }
      Files.move(archive, file);
    }
  }

  private static List<String> notes(Path source) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "The key of stored secrets (secret.key, or MNEME_SECRET_KEY) is not in the backup: keep a"
            + " copy of it in another place. Without it stored secrets are lost and the journal"
            + " cannot be verified.");
    if (Files.exists(source.resolve(DataFolder.CONFIGURATION))) {
      notes.add("mneme.toml is in the backup, with any key that is written in it.");
    }
    if (Files.isDirectory(source.resolve(DataFolder.MODELS), LinkOption.NOFOLLOW_LINKS)) {
      notes.add("The scripted models in models/ are not in the backup: keep a copy of them.");
    }
    notes.add("The search index is not in the backup; it is made again.");
    return notes;
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest = new DigestInputStream(in, Sha256.fresh())) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }
  }

  private static MnemeException exists(Path file) {
    return MnemeException.conflict(
        "file_exists", file + " exists already; a backup never replaces a file. Choose another.");
  }
}
