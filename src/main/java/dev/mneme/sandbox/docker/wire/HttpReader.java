package dev.mneme.sandbox.docker.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads one answer: its head, then its body of whatever form, in bounded memory. */
final class HttpReader {
  private static final int MAX_HEAD = 65_536;
  private static final int MAX_BODY = 16 << 20;

  private final InputStream in;
  private final Map<String, String> headers = new HashMap<>();
  private int status;
  private int headBytes;

  HttpReader(InputStream in) {
    this.in = in;
  }

  /** The status; the stream then stands at the first byte of the body. */
  int head() throws IOException {
    String first = line();
    String[] words = first.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5]\\d\\d")) {
      throw new IOException("it does not speak HTTP");
    }
    status = Integer.parseInt(words[1]);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return status;
  }

  String body() throws IOException {
    if (status == 204 || status == 304) {
      return "";
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      for (int size = chunk(); size > 0; size = chunk()) {
        take(body, size);
        line();
      }
    } else if (headers.containsKey("content-length")) {
      take(body, number(headers.getOrDefault("content-length", "0"), 10));
    } else {
      body.write(in.readNBytes(MAX_BODY));
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunk() throws IOException {
    String line = line();
    int end = line.indexOf(';');
    return number((end < 0 ? line : line.substring(0, end)).strip(), 16);
  }

  private void take(ByteArrayOutputStream body, int size) throws IOException {
    if (body.size() + (long) size > MAX_BODY) {
      throw new IOException("its answer is too long");
    }
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("its answer broke off");
    }
    body.write(bytes);
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("it does not speak HTTP", e);
    }
    throw new IOException("it does not speak HTTP");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("its answer broke off");
      }
      if (++headBytes > MAX_HEAD) {
        throw new IOException("its answer is too long");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
