package dev.mneme.mcp.server;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the adapter writes after a call has ended is all that is left of the answer: it goes out
 * with the end of the response, in one packet instead of two. What comes before goes out at once. A
 * client that went while its call is under way has cancelled it, which only a write can find out.
 */
final class LastFlush extends HttpServletResponseWrapper implements Heart.Beating {
  private static final String EVENTS = "text/event-stream";

  private final Call call;
  private volatile @Nullable PrintWriter inner;

  LastFlush(HttpServletResponse response, Call call) {
    super(response);
    this.call = call;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter made = super.getWriter();
    inner = made;
    return new Writer(made, call);
  }

  /** The adapter writes whole lines, so that a line of a comment may stand between any two. */
  @Override
  public void beat() {
    PrintWriter out = inner;
    if (out == null || call.isOver() || !String.valueOf(getContentType()).startsWith(EVENTS)) {
      return;
    }
    out.write(":\n");
    if (out.checkError()) {
      call.cancel();
    }
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
