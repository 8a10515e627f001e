package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The content of a file, in pieces, so that a large one grows without being copied. Its room is
 * given back when neither a name nor an open channel leads to it any more. For the thread that runs
 * calls.
 */
final class MemoryFile implements MemoryTree.Entry {
  private static final int SMALLEST = 256;
  private static final int PIECE = 1 << 16;

  private final MemoryTree.Room room;

  /** All of full length, but for the first while it is the only one. */
  private final List<byte[]> pieces = new ArrayList<>();

  private long reserved;
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
    byte[] all = new byte[size];
    read(0, all, 0, size);
    return all;
  }

  int read(int at, byte[] into, int offset, int length) {
    int count = Math.min(length, size - at);
    if (count <= 0) {
      return -1;
    }
    for (int done = 0; done < count; ) {
      int from = (at + done) % PIECE;
      int some = Math.min(count - done, PIECE - from);
      System.arraycopy(pieces.get((at + done) / PIECE), from, into, offset + done, some);
      done += some;
    }
    return count;
  }

  void write(long at, byte[] from, int offset, int length) throws IOException {
    reserve(at + length);
    for (int done = 0; done < length; ) {
      int to = (int) ((at + done) % PIECE);
      int some = Math.min(length - done, PIECE - to);
      System.arraycopy(from, offset + done, pieces.get((int) ((at + done) / PIECE)), to, some);
      done += some;
    }
    size = Math.max(size, (int) at + length);
    touch(System.currentTimeMillis());
  }

  void truncate(long length) {
    // What lies behind the end is nought, whatever is written further on later.
    for (int at = (int) Math.min(length, size); at < size; ) {
      int from = at % PIECE;
      int some = Math.min(size - at, PIECE - from);
      Arrays.fill(pieces.get(at / PIECE), from, from + some, (byte) 0);
      at += some;
    }
    size = (int) Math.min(length, size);
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

  private void reserve(long needed) throws IOException {
    if (needed <= reserved) {
      return;
    }
    long wanted =
        needed > PIECE
            ? (needed + PIECE - 1) / PIECE * PIECE
            : Math.max(Math.max(SMALLEST, needed), Math.min(2 * reserved, PIECE));
    if (!room.take(wanted - reserved)) {
      throw new FileSystemException("file", null, "No space left on device");
    }
    reserved = wanted;
    int first = (int) Math.min(wanted, PIECE);
    if (pieces.isEmpty()) {
      pieces.add(new byte[first]);
    } else if (pieces.getFirst().length < first) {
      pieces.set(0, Arrays.copyOf(pieces.getFirst(), first));
    }
    while ((long) pieces.size() * PIECE < wanted) {
      pieces.add(new byte[PIECE]);
    }
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
    pieces.clear();
    reserved = 0;
  }

  private void giveBack() {
    room.giveBack(reserved);
    pieces.clear();
    reserved = 0;
  }
}
