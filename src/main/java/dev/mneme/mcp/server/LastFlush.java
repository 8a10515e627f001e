package dev.mneme.mcp.server;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * What the adapter writes after a call has ended is all that is left of the answer: it goes out
 * with the end of the response, in one packet instead of two. What comes before goes out at once.
 */
final class LastFlush extends HttpServletResponseWrapper {
  private final Call call;

  LastFlush(HttpServletResponse response, Call call) {
    super(response);
    this.call = call;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    return new Writer(super.getWriter(), call);
  }

  private static final class Writer extends PrintWriter {
    private final PrintWriter inner;
    private final Call call;

    Writer(PrintWriter inner, Call call) {
      super(inner);
      this.inner = inner;
      this.call = call;
    }

    @Override
    public void flush() {
      if (!call.isOver()) {
        inner.flush();
      }
    }

    /** The inherited one flushes first. */
    @Override
    public boolean checkError() {
      return !call.isOver() && inner.checkError();
    }
  }
}
