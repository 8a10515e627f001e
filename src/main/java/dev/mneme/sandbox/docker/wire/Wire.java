package dev.mneme.sandbox.docker.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One connection to the engine. One thread may read while another writes; any may close. */
interface Wire extends AutoCloseable {
  void connect() throws IOException;

  InputStream in() throws IOException;

  OutputStream out() throws IOException;

  /** Ends reads and writes that are under way as well; never fails. */
  @Override
  void close();
}
