package dev.mneme.sandbox.keep;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.FileReference;
import dev.mneme.tool.InputFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files as rows. What is too old goes whenever something is kept, and of an owner who has too
 * much the oldest go. Thread-safe.
 */
public final class FileShelf implements KeptFiles {
  private static final Logger log = LoggerFactory.getLogger(FileShelf.class);

  private final Database database;
  private final ShelfSettings settings;
  private final Ids ids;
  private final InstantSource clock;

  public FileShelf(Database database, ShelfSettings settings, Ids ids, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Artifact> keep(Owner owner, List<Artifact> files) {
    try {
      return files.isEmpty() ? files : write(owner, files);
    } catch (MnemeException e) {
      // The code ran, and its caller has the files all the same.
      log.warn("Files that code made were not kept: {}", e.message());
      return files;
    }
  }

  private List<Artifact> write(Owner owner, List<Artifact> files) {
    Instant now = clock.instant();
    String oldest = Timestamps.text(now.minus(settings.age()));
    database.maintainWrite(
        handle -> handle.execute("DELETE FROM kept_file WHERE kept_at < ?", oldest));
    List<Artifact> kept = files.stream().map(file -> file.keptAs(ids.next("file"))).toList();
    database
        .scope(owner)
        .update(tx -> {
          kept.forEach(file -> put(tx, file, now));
          makeRoom(tx);
        });
    return kept;
  }

  @Override
  public InputFile fetch(Owner owner, FileReference wanted) {
    String oldest = Timestamps.text(clock.instant().minus(settings.age()));
    return database
        .scope(owner)
        .read(reads ->
            reads
                .query(
                    "SELECT name, content FROM kept_file WHERE owner_id = :owner AND file_id = :id"
                        + " AND kept_at >= :oldest")
                .bind("id", wanted.id())
                .bind("oldest", oldest)
                .map((rs, _) ->
                    new InputFile(
                        wanted.name().isEmpty() ? rs.getString(1) : wanted.name(), rs.getString(2)))
                .findFirst())
        .orElseThrow(() -> unknown(wanted.id(), settings));
  }

  static MnemeException unknown(String id, ShelfSettings settings) {
    return MnemeException.notFound(
        "unknown_file",
        "There is no file "
            + id
            + " any more, or never was: files that code makes are kept for "
            + text(settings.age())
            + ", and an owner's newest "
            + settings.count()
            + ". Make it again, or send its content.");
  }

  private static String text(Duration age) {
    return age.toMinutes() % 60 == 0 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
  }

  private static void put(Tx tx, Artifact file, Instant now) {
    tx.update(
            "INSERT INTO kept_file (file_id, owner_id, kept_at, name, media_type, bytes, content)"
                + " VALUES (:id, :owner, :at, :name, :type, :bytes, :content)")
        .bind("id", file.id().orElseThrow())
        .bind("at", Timestamps.text(now))
        .bind("name", file.name())
        .bind("type", file.mediaType())
        .bind("bytes", file.bytes())
        .bind("content", file.base64())
        .execute();
  }

  private record Held(String id, long bytes) {}

  private void makeRoom(Tx tx) {
    List<Held> newestFirst =
        tx.query(
                "SELECT file_id, bytes FROM kept_file WHERE owner_id = :owner"
                    + " ORDER BY kept_at DESC, file_id DESC")
            .map((rs, _) -> new Held(rs.getString(1), rs.getLong(2)))
            .list();
    List<String> tooMuch = new ArrayList<>();
    long bytes = 0;
    int files = 0;
    for (Held held : newestFirst) {
      bytes += held.bytes();
      files++;
      if (files > settings.count() || bytes > settings.bytes()) {
        tooMuch.add(held.id());
      }
    }
    for (String id : tooMuch) {
      tx.update("DELETE FROM kept_file WHERE owner_id = :owner AND file_id = :id")
          .bind("id", id)
          .execute();
    }
  }
}
