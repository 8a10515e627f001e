package dev.mneme.mcp.client;

import dev.mneme.mcp.client.config.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An MCP server of a few lines of shell, for what real ones do not do on purpose: it hangs, ends,
 * floods and leaves children behind. What tools it has stands in a file that tests may change.
 */
public final class ShellServer {
  private static final String SCRIPT =
      """
      folder=$1
      echo started >> "$folder/starts"
      answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
      text() { answer "{\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"$1\\"}]}"; }
      while read -r line; do
        id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
        case "$line" in
          *'"method":"initialize"'*)
            [ -e "$folder/broken" ] && { echo 'cannot find my database' >&2; exit 7; }
            [ -e "$folder/mute" ] && sleep 600
            answer '{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"shell","version":"1"}}' ;;
          *'"method":"server/discover"'*)
            [ -e "$folder/falls" ] && exit 4
            [ -e "$folder/silent" ] || [ -e "$folder/mute" ] || printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"unknown"}}\\n' "$id" ;;
          *'"method":"tools/list"'*) answer "$(cat "$folder/tools.json")" ;;
          *'"name":"echo"'*) text hello ;;
          *'"name":"secret"'*) text "$PRIVATE_WORD" ;;
          *'"name":"inherited"'*) text "$(env | sed -n 's/^\\([A-Za-z_]*\\)=.*/\\1/p' | tr '\\n' ' ')" ;;
          *'"name":"later"'*) (sleep 2; echo '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}') & text later ;;
          *'"name":"slow"'*) sleep 0.3; text slow ;;
          *'"name":"hang"'*) ;;
          *'"name":"crash"'*) echo 'about to fall' >&2; exit 3 ;;
          *'"name":"orphan"'*) sleep 4322 & exit 5 ;;
          *'"name":"flood"'*) yes '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}' ;;
          *'"name":"endless"'*) tr '\\0' 'x' < /dev/zero ;;
          *'"name":"noisy"'*) yes noise >&2 & text noisy ;;
          *'"name":"big"'*) text "$(head -c 300000 /dev/zero | tr '\\0' 'x')" ;;
          *'"name":"refuse"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32602,"message":"no such file"}}\\n' "$id" ;;
          *'"name":"fail"'*) answer '{"content":[{"type":"text","text":"disk full"}],"isError":true}' ;;
          *'"name":"stubborn"'*)
            trap '' TERM
            sh -c 'trap "" TERM; sleep 4321' &
            setsid sh -c 'trap "" TERM; sleep 4321' &
            text "$$" ;;
          *'"name":"change"'*)
            cp "$folder/next.json" "$folder/tools.json"
            echo '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'
            text changed ;;
        esac
      done
      [ -e "$folder/stays" ] && { trap '' TERM; while :; do sleep 4321; done; }
      """;

  private final Path folder;

  ShellServer(Path folder) throws IOException {
    this.folder = folder;
    offers(
        "echo",
        "secret",
        "inherited",
        "later",
        "slow",
        "hang",
        "crash",
        "orphan",
        "flood",
        "endless",
        "noisy",
        "big",
        "refuse",
        "fail",
        "stubborn",
        "change");
  }

  Endpoint.Stdio endpoint() {
    return new Endpoint.Stdio(
        "/bin/sh",
        List.of("-c", SCRIPT, "server", folder.toString()),
        Map.of("PRIVATE_WORD", "mellon"),
        Optional.of(folder.toString()));
  }

  /** The tools it has from its next answer on. */
  void offers(String... names) throws IOException {
    Files.writeString(folder.resolve("tools.json"), list("Says something.", names));
  }

  void offersDescribed(String description, String... names) throws IOException {
    Files.writeString(folder.resolve("tools.json"), list(description, names));
  }

  /** What it has once its tool {@code change} was called. */
  void willOffer(String description, String... names) throws IOException {
    Files.writeString(folder.resolve("next.json"), list(description, names));
  }

  void set(String state) throws IOException {
    Files.writeString(folder.resolve(state), "");
  }

  void unset(String state) throws IOException {
    Files.deleteIfExists(folder.resolve(state));
  }

  long starts() throws IOException {
    Path starts = folder.resolve("starts");
    return Files.exists(starts) ? Files.readAllLines(starts).size() : 0;
  }

  private static String list(String description, String... names) {
    StringBuilder tools = new StringBuilder("{\"tools\":[");
    for (String name : names) {
      tools
          .append(tools.charAt(tools.length() - 1) == '[' ? "" : ",")
          .append("{\"name\":\"")
          .append(name)
          .append("\",\"description\":\"")
          .append(description)
          .append("\",\"inputSchema\":{\"type\":\"object\"}}");
    }
    return tools.append("]}").toString();
  }
}
