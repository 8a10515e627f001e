package dev.mneme.sandbox.packages;

import java.io.IOException;
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
     * @param path relative, with {@code /}, confined to the folder it is for
     */
    void put(String path, byte[] content) throws IOException;
  }

  /** Names and versions, sorted. */
  public List<String> names() {
    return wheels.stream().map(Wheel::toString).toList();
  }

  /**
   * Unpacks all of them.
   *
   * @throws dev.mneme.common.MnemeException {@code broken_wheel} where a file is not what the wheel
   *     says it is
   */
  public void unpack(Sink sink) throws IOException {
    Unpacking unpacking = new Unpacking(sink);
    for (Wheel wheel : wheels) {
      unpacking.take(wheel);
    }
  }
}
