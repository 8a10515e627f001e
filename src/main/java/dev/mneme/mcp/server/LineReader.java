package dev.mneme.mcp.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/** Splits a stream into lines without ever holding more than one line of the largest size. */
final class LineReader {
  private final ReadableByteChannel channel;
  private final int limit;
  private final ByteBuffer buffer = ByteBuffer.allocate(16 << 10).flip();

  LineReader(ReadableByteChannel channel, int limit) {
    this.channel = channel;
    this.limit = limit;
  }

  /**
   * The next line without its end; empty at the end of the stream.
   *
   * @throws RpcException when the line is too long; the next call goes on behind it
   */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    boolean tooLong = false;
    while (true) {
      if (!buffer.hasRemaining() && !fill()) {
        return Optional.empty();
      }
      int start = buffer.position();
      int end = start;
      byte[] bytes = buffer.array();
      while (end < buffer.limit() && bytes[end] != '\n') {
        end++;
      }
      tooLong |= line.size() + (end - start) > limit;
      if (tooLong) {
        line.reset();
      } else {
        line.write(bytes, start, end - start);
      }
      if (end < buffer.limit()) {
        buffer.position(end + 1);
        if (tooLong) {
          throw new RpcException(
              RpcError.of(RpcError.INVALID_REQUEST, "A message has at most " + limit + " bytes."));
        }
        return Optional.of(withoutReturn(line.toByteArray()));
      }
      buffer.position(end);
    }
  }

  private static byte[] withoutReturn(byte[] line) {
    boolean crlf = line.length > 0 && line[line.length - 1] == '\r';
    return crlf ? Arrays.copyOf(line, line.length - 1) : line;
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    buffer.flip();
    return read > 0;
  }
}
