package dev.mneme.relay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines of bounded length. For one thread. */
final class Lines {
  /** The longest line passed on, in bytes; the owner accepts no longer message either. */
  static final int LONGEST = 16 << 20;

  private static final int FIRST = 16 << 10;

  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[FIRST];
  private int start;
  private int end;
  private boolean tooLong;

  Lines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /**
   * The next line with its line end, or null at the end of the stream; an unfinished last line gets
   * a line end.
   *
   * <p>Of a line that is too long only the beginning is returned, and {@link #wasTooLong()} tells.
   */
  byte @Nullable [] next() throws IOException {
    tooLong = false;
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          return cut(i + 1);
        }
      }
      scanned = end;
      if (end - start > longest) {
        return cutLong();
      }
      if (end == buffer.length) {
        makeRoom();
        scanned = end;
      }
      int count = in.read(buffer, end, buffer.length - end);
      if (count < 0) {
        return rest();
      }
      end += count;
    }
  }

  boolean wasTooLong() {
    return tooLong;
  }

  private byte[] cut(int to) {
    byte[] line = Arrays.copyOfRange(buffer, start, to);
    start = to;
    if (start == end) {
      start = 0;
      end = 0;
      if (buffer.length > FIRST) {
        buffer = new byte[FIRST];
      }
    }
    return line;
  }

  private byte @Nullable [] rest() {
    if (start == end) {
      return null;
    }
    byte[] line = Arrays.copyOfRange(buffer, start, end + 1);
    line[line.length - 1] = '\n';
    start = end;
    return line;
  }

  private byte[] cutLong() throws IOException {
    byte[] beginning = Arrays.copyOfRange(buffer, start, start + Math.min(FIRST, end - start));
    start = 0;
    end = 0;
    int last;
    do {
      int count = in.read(buffer, 0, buffer.length);
      last = -1;
      for (int i = 0; i < count && last < 0; i++) {
        if (buffer[i] == '\n') {
          last = i;
          start = i + 1;
          end = count;
        }
      }
      if (count < 0) {
        break;
      }
    } while (last < 0);
    tooLong = true;
    return beginning;
  }

  private void makeRoom() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    } else {
      buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 4, longest + FIRST));
    }
  }
}
