package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.relay.OwnerFolder;
import dev.mneme.store.DataFolder;
import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Unix socket by which relays reach the owner: in the data folder, or, where that path is too
 * long for a socket, in a private folder outside that the data folder names.
 */
final class OwnerSocket implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final Path path;
  private final ServerSocketChannel channel;

  private OwnerSocket(Path path, ServerSocketChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Binds the socket; connections wait from now on until somebody accepts them. */
  static OwnerSocket open(DataFolder folder) {
    OwnerFolder places = new OwnerFolder(folder.path());
    try {
      Path path = places.socketInFolder();
      if (!OwnerFolder.fits(path)) {
        path = outside(folder);
        PrivateFiles.write(places.socketNote(), path.toString().getBytes(StandardCharsets.UTF_8));
      }
      // The folder's lock is held, so whatever stands there is left over from a dead process.
      Files.deleteIfExists(path);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      return new OwnerSocket(path, channel);
    } catch (IOException e) {
      throw MnemeException.internal(
          "socket_unusable",
          "The socket for assistants cannot be made in the data folder: " + e.getMessage(),
          e);
    }
  }

  private static Path outside(DataFolder folder) throws IOException {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    Path base =
        runtime == null || !Files.isDirectory(Path.of(runtime))
            ? Path.of("/tmp", "mneme-" + user)
            : Path.of(runtime, "mneme");
    PrivateFiles.folder(base);
    return base.resolve(folder.id() + ".sock");
  }

  ServerSocketChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
