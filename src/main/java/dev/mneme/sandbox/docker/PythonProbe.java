package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.packages.TargetPython;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks an image for its Python, in a container like any other of it. */
final class PythonProbe implements PackageSource.Probe {
  private static final int MAX_ANSWER = 4_096;

  private final Yard yard;
  private final Marks marks;
  private final DockerSettings settings;

  PythonProbe(Yard yard, Marks marks, DockerSettings settings) {
    this.yard = yard;
    this.marks = marks;
    this.settings = settings;
  }

  @Override
  public TargetPython ask(ImageSource.Image image) throws IOException {
    ObjectNode spec = ContainerSpec.of(settings, image.tag(), image.seccomp(), marks.labels());
    spec.putArray("Entrypoint").add("python3").add("-I").add("-c").add(TargetPython.PROBE);
    ContainerConnection container = yard.start(spec);
    try {
      byte[] printed = container.fromWorker().readNBytes(MAX_ANSWER);
      return TargetPython.of(Json.parse(new String(printed, StandardCharsets.UTF_8)));
    } catch (MnemeException e) {
      throw new IOException("the image " + image.tag() + " does not say what Python it has", e);
    } finally {
      container.kill();
    }
  }
}
