package dev.mneme.sandbox.docker.wire;

import java.io.InputStream;
import java.io.OutputStream;

/** The standard streams of a container. One thread may read while another writes. */
public final class Attachment implements AutoCloseable {
  private final Wire wire;
  private final FrameInput in;
  private final OutputStream out;

  Attachment(Wire wire, FrameInput in, OutputStream out) {
    this.wire = wire;
    this.in = in;
    this.out = out;
  }

  public OutputStream stdin() {
    return out;
  }

  public InputStream stdout() {
    return in;
  }

  /** The last kilobytes of stderr; it is read along with stdout. */
  public String stderr() {
    return in.stderr();
  }

  /** Lets go; the engine then closes the container's stdin. */
  @Override
  public void close() {
    wire.close();
  }
}
