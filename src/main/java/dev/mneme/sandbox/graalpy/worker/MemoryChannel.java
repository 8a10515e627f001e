package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** An open {@link MemoryFile}. For the thread that runs calls. */
final class MemoryChannel implements SeekableByteChannel {
  private final MemoryFile file;
  private final boolean readable;
  private final boolean writable;
  private final boolean append;
  private boolean open = true;
  private long position;

  MemoryChannel(MemoryFile file, Set<? extends OpenOption> options) {
    this.file = file;
    append = options.contains(StandardOpenOption.APPEND);
    writable = append || options.contains(StandardOpenOption.WRITE);
    readable = options.contains(StandardOpenOption.READ) || !writable;
    file.opened();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireOpen();
    if (!readable) {
      throw new NonReadableChannelException();
    }
    if (position >= file.size()) {
      return -1;
    }
    byte[] chunk = new byte[(int) Math.min(into.remaining(), file.size() - position)];
    int count = file.read((int) position, chunk, 0, chunk.length);
    if (count > 0) {
      into.put(chunk, 0, count);
      position += count;
    }
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireOpen();
    if (!writable) {
      throw new NonWritableChannelException();
    }
    byte[] chunk = new byte[from.remaining()];
    from.get(chunk);
    long at = append ? file.size() : position;
    file.write(at, chunk, 0, chunk.length);
    position = at + chunk.length;
    return chunk.length;
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    requireOpen();
    if (!writable) {
      throw new NonWritableChannelException();
    }
    file.truncate(size);
    position = Math.min(position, size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      file.closed();
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
