package dev.mneme.cli;

import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The log of a background owner, {@code DATA/log/owner.log}: at most two files of bounded size.
 * Thread-safe.
 */
final class OwnerLog extends OutputStream {
  private static final long LARGEST = 2 << 20;

  private final Path file;
  private FileChannel channel;

  private OwnerLog(Path file) throws IOException {
    this.file = file;
    this.channel = PrivateFiles.open(file);
    channel.position(channel.size());
  }

  /** Sends standard error there; where that fails, it stays where it is. */
  static void install(Path data) {
    try {
      Path folder = data.resolve("log");
      PrivateFiles.folder(folder);
      System.setErr(
          new PrintStream(new OwnerLog(folder.resolve("owner.log")), true, StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.err.println("mneme: there will be no log: " + e);
    }
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (channel.position() + length > LARGEST) {
      turn();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void turn() throws IOException {
    channel.close();
    Files.move(file, file.resolveSibling("owner.log.1"), StandardCopyOption.REPLACE_EXISTING);
    channel = PrivateFiles.open(file);
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
