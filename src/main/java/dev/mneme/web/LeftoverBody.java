package dev.mneme.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a refused request. A client that is still sending when the connection is closed loses
 * the answer with it, so a body of some size is taken and thrown away first.
 */
public final class LeftoverBody {
  private static final int MAX_BYTES = 16 << 20;

  private LeftoverBody() {}

  public static void discard(HttpServletRequest request) {
    byte[] buffer = new byte[8192];
    try {
      InputStream body = request.getInputStream();
      int left = MAX_BYTES;
      for (int n = 0; n >= 0 && left > 0; left -= n) {
        n = body.read(buffer, 0, Math.min(buffer.length, left));
      }
    } catch (IOException | IllegalStateException _) {
      // The client has gone, sends without end, or its body was taken already.
    }
  }
}
