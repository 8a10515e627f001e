package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.store.DataFolder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The Unix socket by which relays reach the owner, bound before anything slow is opened: who
 * connects early waits instead of looking again and again.
 */
final class OwnerSocket implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final Path path;
  private final ServerSocketChannel channel;

  private OwnerSocket(Path path, ServerSocketChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static OwnerSocket bind(DataFolder folder) {
    Path path = SocketPlace.of(folder);
    try {
      // The folder's lock is held, so whatever stands there is left over from a dead process.
      Files.deleteIfExists(path);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return new OwnerSocket(path, channel);
    } catch (IOException e) {
      throw MnemeException.unavailable(
          "cannot_listen",
          "Cannot listen on the socket in the data folder: "
              + e.getMessage()
              + ". Check that the folder is on a local disk and can be written.");
    }
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
