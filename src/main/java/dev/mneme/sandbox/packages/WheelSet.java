package dev.mneme.sandbox.packages;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Wheels that go together. */
public final class WheelSet {
  private final List<Wheel> wheels;

  WheelSet(List<Wheel> wheels) {
    this.wheels = List.copyOf(wheels);
  }

  /** Takes one file after the other. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Begins a file, which is complete when what this returns is closed.
     *
     * @param path relative, with {@code /}, confined to the folder it is for
     * @param size how many bytes will be written
     */
    OutputStream begin(String path, long size) throws IOException;
  }

  /** Names and versions, sorted. */
  public List<String> names() {
    return wheels.stream().map(Wheel::toString).toList();
  }

  /**
   * Unpacks all of them, a piece at a time.
   *
   * @return how many bytes that were
   * @throws dev.mneme.common.MnemeException {@code broken_wheel} where a file is not what the wheel
   *     says it is; what was written by then is not to be used
   */
  public long unpack(Sink sink) throws IOException {
    Unpacking unpacking = new Unpacking(sink);
    for (Wheel wheel : wheels) {
      unpacking.take(wheel);
    }
    return unpacking.bytes();
  }
}
