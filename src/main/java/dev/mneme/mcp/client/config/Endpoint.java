package dev.mneme.mcp.client.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a server is reached. Its text holds no value that may be a secret. */
public sealed interface Endpoint {
  /** Says where it is, for people: the exact command, or the address. */
  String shown();

  /**
   * A program that is started and spoken to over its standard streams; never through a shell.
   *
   * @param environment besides the few variables that every program needs
   * @param folder where it is started; the user's home where absent
   */
  record Stdio(
      String command,
      List<String> arguments,
      Map<String, String> environment,
      Optional<String> folder)
      implements Endpoint {
    public Stdio {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    @Override
    public String shown() {
      StringBuilder text = new StringBuilder(quoted(command));
      arguments.forEach(argument -> text.append(' ').append(quoted(argument)));
      return text.toString();
    }

    private static String quoted(String word) {
      return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
      return "Stdio[" + command + "]";
    }
  }

  /**
   * A server at an address.
   *
   * @param headers sent with each request
   */
  record Remote(URI url, Kind kind, Map<String, String> headers) implements Endpoint {
    /** The transports there are over HTTP. */
    public enum Kind {
      STREAMABLE,
      /** The older one: answers come over a stream of their own. */
      SSE
    }

    public Remote {
      headers = Map.copyOf(headers);
    }

    @Override
    public String shown() {
      return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }

    @Override
    public String toString() {
      return "Remote[" + shown() + "]";
    }
  }
}
