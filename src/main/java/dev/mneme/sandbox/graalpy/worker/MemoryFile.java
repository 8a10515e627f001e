package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;

/**
 * The content of a file. Its room is given back when neither a name nor an open channel leads to it
 * any more. For the thread that runs calls.
 */
final class MemoryFile implements MemoryTree.Entry {
  private static final byte[] EMPTY = {};
  private static final int SMALLEST = 256;

  private final MemoryTree.Room room;
  private byte[] bytes = EMPTY;
  private int size;
  private int open;
  private boolean named = true;
  private long modified = System.currentTimeMillis();

  MemoryFile(MemoryTree.Room room) {
    this.room = room;
    room.enter(this);
  }

  int size() {
    return size;
  }

  byte[] content() {
    return Arrays.copyOf(bytes, size);
  }

  int read(int at, byte[] into, int offset, int length) {
    int count = Math.min(length, size - at);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, at, into, offset, count);
    return count;
  }

  void write(long at, byte[] from, int offset, int length) throws IOException {
    reserve(at + length);
    System.arraycopy(from, offset, bytes, (int) at, length);
    size = Math.max(size, (int) at + length);
    touch(System.currentTimeMillis());
  }

  void truncate(long length) {
    if (length < size) {
      Arrays.fill(bytes, (int) length, size, (byte) 0);
      size = (int) length;
    }
    if (size == 0) {
      giveBack();
    }
    touch(System.currentTimeMillis());
  }

  void opened() {
    open++;
  }

  void closed() {
    open--;
    giveBackIfGone();
  }

  void unlink() {
    named = false;
    giveBackIfGone();
  }

  @Override
  public long modified() {
    return modified;
  }

  @Override
  public void touch(long when) {
    modified = when;
  }

  /** Room for this many bytes: twice as much as there is, where that fits. */
  private void reserve(long needed) throws IOException {
    if (needed <= bytes.length) {
      return;
    }
    long generous = Math.max(Math.max(SMALLEST, needed), Math.min(2L * bytes.length, 1 << 30));
    long wanted = room.take(generous - bytes.length) ? generous : needed;
    if (wanted == needed && wanted != generous && !room.take(needed - bytes.length)) {
      throw new FileSystemException("file", null, "No space left on device");
    }
    bytes = Arrays.copyOf(bytes, (int) wanted);
  }

  private void giveBackIfGone() {
    if (!named && open == 0) {
      room.leave(this);
      size = 0;
      giveBack();
    }
  }

  /** Lets go of the content, whoever has it open. */
  void discard() {
    size = 0;
    bytes = EMPTY;
  }

  private void giveBack() {
    room.giveBack(bytes.length);
    bytes = EMPTY;
  }
}
