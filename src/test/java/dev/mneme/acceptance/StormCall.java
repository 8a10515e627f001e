package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A call with an answer that only this call can have.
 *
 * @param answer what the answer has to contain; empty for code that means harm, which may end as it
 *     likes but never says that it got out
 */
record StormCall(String tool, Map<String, ?> arguments, String answer) {
  /** What an earlier call could have left for this one to find. */
  private static final String CLEAN =
      """
      import builtins, os, sys
      left = [n for n in ("mark", "secret") if hasattr(builtins, n) or n in sys.modules]
      builtins.mark = "NONCE"
      if os.path.isdir("/out"):
          left += os.listdir("/tmp") + os.listdir("/out")
          open("/tmp/NONCE", "w").write("NONCE")
      """;

  /** One of the calls of an honest client. */
  static StormCall honest(Random random, boolean scripts) {
    int a = random.nextInt(1_000, 9_999);
    int b = random.nextInt(1_000, 9_999);
    String product = Long.toString((long) a * b);
    String sum = "{a} * {b}".replace("{a}", "" + a).replace("{b}", "" + b);
    int kind = scripts ? random.nextInt(10) : 0;
    if (kind < 2) {
      return new StormCall("calculator", Map.of("expression", sum), product);
    }
    String nonce = "n" + Long.toHexString(random.nextLong());
    String code =
        CLEAN.replace("NONCE", nonce)
            + switch (kind) {
              case 2 -> "open('/out/" + nonce + ".txt', 'w').write('x')\n";
              case 3 ->
                  "import mneme\n" + nonce + " = mneme.tools.calculator(expression='1 + 1')\n";
              default -> "import time\ntime.sleep(" + random.nextInt(20) / 1000.0 + ")\n";
            }
            + "f'"
            + nonce
            + " {"
            + sum
            + "} {left}'";
    return new StormCall("run_python", Map.of("code", code), nonce + " " + product + " []");
  }

  static StormCall hostile(Random random, List<String> codes) {
    return new StormCall("run_python", Map.of("code", codes.get(random.nextInt(codes.size()))), "");
  }

  void check(JsonNode result) {
    String said = McpHttp.text(result);
    // What code that means harm prints is its own affair.
    assertThat(result.at("/structuredContent/result").toString())
        .as("%s", arguments)
        .doesNotContain("ESCAPED");
    assertThat(said).as("%s", arguments).contains(answer);
    if (!answer.isEmpty()) {
      assertThat(result.path("isError").asBoolean()).as("%s: %s", arguments, said).isFalse();
    }
  }
}
