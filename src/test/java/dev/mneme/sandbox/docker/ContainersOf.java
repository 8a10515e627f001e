package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The containers that carry a label, seen from outside. */
public final class ContainersOf {
  private final Map<String, String> label;

  private ContainersOf(String name, String value) {
    label = Map.of(name, value);
  }

  /** Those a server process made. */
  public static ContainersOf process(long pid) {
    return new ContainersOf("dev.mneme.pid", Long.toString(pid));
  }

  /** How many there are, whatever their state. */
  public int count() {
    return ask(this::all).size();
  }

  /** How many processes each of them has; empty for one that went away meanwhile. */
  public List<Integer> processes() {
    return ask(client -> all(client).stream().map(found -> processes(client, found)).toList());
  }

  private List<Container> all(DockerClient client) {
    return client.listContainersCmd().withShowAll(true).withLabelFilter(label).exec();
  }

  private static int processes(DockerClient client, Container container) {
    try {
      String[][] found = client.topContainerCmd(container.getId()).exec().getProcesses();
      return found == null ? 0 : found.length;
    } catch (DockerException e) {
      return 0;
    }
  }

  private interface Question<T> {
    T ask(DockerClient client);
  }

  private static <T> T ask(Question<T> question) {
    try (DockerClient client = TestingDocker.client()) {
      return question.ask(client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
