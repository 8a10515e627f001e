package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.relay.OwnerFolder;
import dev.mneme.store.DataFolder;
import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the socket for relays is: in the data folder, or, where that path is too long for a socket,
 * in a private folder outside that the data folder names.
 */
final class SocketPlace {
  private SocketPlace() {}

  static Path of(DataFolder folder) {
    OwnerFolder places = new OwnerFolder(folder.path());
    Path path = places.socketInFolder();
    if (OwnerFolder.fits(path)) {
      return path;
    }
    try {
      Path outside = outside(folder);
      PrivateFiles.write(places.socketNote(), outside.toString().getBytes(StandardCharsets.UTF_8));
      return outside;
    } catch (IOException e) {
      throw MnemeException.internal(
          "socket_unusable", "The socket for assistants cannot be made: " + e.getMessage(), e);
    }
  }

  private static Path outside(DataFolder folder) throws IOException {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
    Path base =
        runtime != null && Files.isDirectory(Path.of(runtime))
            ? Path.of(runtime, "mneme")
            : Path.of("/tmp", "mneme-" + user);
    PrivateFiles.folder(base);
    return base.resolve(folder.id() + ".sock");
  }
}
