package dev.mneme.mcp.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A request for a stream of events whose answer begins before there is one: its client knows then
 * that nothing it is told is lost.
 */
final class EarlyStream extends HttpServletRequestWrapper {
  private final HttpServletResponse response;

  EarlyStream(HttpServletRequest request, HttpServletResponse response) {
    super(request);
    this.response = response;
  }

  /** The adapter has set the headers by then, and hands out the stream only afterwards. */
  @Override
  public AsyncContext startAsync() {
    try {
      response.flushBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return super.startAsync();
  }
}
