package dev.mneme.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.acceptance.Exchange.Made;
import dev.mneme.sandbox.docker.BenchRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * From how many tools on it pays to have models search for them: two questions about a shop, each
 * answered with all schemas and with {@code search_tools} and {@code call_tool}. All calls are
 * really made; what the model would say is written here, and both ways have to get the same.
 */
public final class ThriftBench {
  private static final String SYSTEM = "You help in a shop. Use the tools; answer shortly.";
  private static final List<Integer> COUNTS = List.of(20, 50, 100, 200);
  private static final List<String> BRANCHES = List.of("", "outlet_", "partner_", "online_");
  private static final List<String> TWO = List.of("search_tools", "call_tool");
  private static final Pattern SHOP =
      Pattern.compile(
          "(outlet_|partner_|online_)?(order|shipment|customer|article|supplier|invoice|warehouse"
              + "|employee|ticket|contract)_(list|get|search|newest|open_since)");
  private static final double CACHED = 0.1;

  /** What a question costs with so many tools. */
  private record Cost(int tools, Exchange direct, Exchange thrift) {
    Cost {
      if (!direct.answer().equals(thrift.answer())) {
        throw new IllegalStateException(direct.answer() + " is not " + thrift.answer());
      }
    }
  }

  private ThriftBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("mneme-thrift");
    Path all = folder.resolve("all");
    for (String branch : BRANCHES) {
      ShopTools.writeTo(all, branch);
    }
    List<Path> order = order(all);
    Path home = Files.createDirectories(folder.resolve("home"));
    Path library = Files.createDirectories(home.resolve("tool-library"));
    List<Cost> one = new ArrayList<>();
    List<Cost> three = new ArrayList<>();
    try (BenchServer direct = BenchServer.start(home, folder.resolve("direct"), 1_000);
        BenchServer thrift = BenchServer.start(home, folder.resolve("thrift"), 0)) {
      for (int count : COUNTS) {
        for (Path file : order.subList(0, count)) {
          Files.copy(
              file, library.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        List<JsonNode> whole = await(direct, count, false);
        List<JsonNode> two = await(thrift, count, true);
        one.add(
            new Cost(count, oneCall(direct.mcp(), whole, false), oneCall(thrift.mcp(), two, true)));
        three.add(
            new Cost(
                count,
                threeCalls(direct.mcp(), whole, false),
                threeCalls(thrift.mcp(), two, true)));
      }
    }
    BenchRows rows = new BenchRows("many tools: ");
    report(rows, "one call", one);
    report(rows, "three calls", three);
  }

  /** Those that are called come first, so that each count of tools has them. */
  private static List<Path> order(Path all) throws Exception {
    List<String> needed = List.of("order_get.py", "customer_get.py", "shipment_get.py");
    try (Stream<Path> files = Files.list(all)) {
      return files
          .sorted(
              Comparator.comparing((Path file) -> !needed.contains(file.getFileName().toString()))
                  .thenComparing(file ->
                      BRANCHES.stream()
                          .filter(branch -> !branch.isEmpty())
                          .anyMatch(branch -> file.getFileName().toString().startsWith(branch)))
                  .thenComparing(Path::toString))
          .toList();
    }
  }

  private static List<JsonNode> await(BenchServer server, int count, boolean thrift) {
    List<JsonNode> offered = new ArrayList<>();
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          offered.clear();
          for (JsonNode tool : server.tools()) {
            String name = tool.path("name").asText();
            if (thrift ? TWO.contains(name) : SHOP.matcher(name).matches()) {
              offered.add(tool);
            }
          }
          return thrift
              ? offered.toString().contains("There are " + count + " tools")
              : offered.size() == count;
        });
    return List.copyOf(offered);
  }

  private static Exchange oneCall(McpHttp mcp, List<JsonNode> offered, boolean thrift)
      throws Exception {
    Exchange exchange = new Exchange(offered, SYSTEM, "How many pieces were ordered in order-7?");
    if (thrift) {
      exchange.calls(mcp, List.of(search("show one order by its id")));
    }
    JsonNode order = exchange.calls(mcp, List.of(get("order", "order-7", thrift))).getFirst();
    exchange.answers(
        "Order 7 is of " + order.at("/structuredContent/quantity").asInt() + " pieces.");
    return exchange;
  }

  private static Exchange threeCalls(McpHttp mcp, List<JsonNode> offered, boolean thrift)
      throws Exception {
    Exchange exchange =
        new Exchange(offered, SYSTEM, "Who ordered order-7, and how late is its shipment?");
    if (thrift) {
      exchange.calls(mcp, List.of(search("get order, customer and shipment by id")));
    }
    JsonNode order = exchange.calls(mcp, List.of(get("order", "order-7", thrift))).getFirst();
    List<JsonNode> both =
        exchange.calls(
            mcp,
            List.of(
                get("customer", order.at("/structuredContent/customer_id").asText(), thrift),
                get("shipment", order.at("/structuredContent/shipment_id").asText(), thrift)));
    exchange.answers(
        both.get(0).at("/structuredContent/name").asText()
            + "; "
            + both.get(1).at("/structuredContent/days_late").asInt()
            + " days late.");
    return exchange;
  }

  private static Made search(String words) {
    return new Made("search_tools", Map.of("query", words));
  }

  private static Made get(String kind, String id, boolean thrift) {
    return thrift
        ? new Made("call_tool", Map.of("name", kind + "_get", "arguments", Map.of("id", id)))
        : new Made(kind + "_get", Map.of("id", id));
  }

  private static void report(BenchRows rows, String question, List<Cost> costs) throws Exception {
    for (Cost cost : costs) {
      rows.shown(
          question + ", " + cost.tools() + " tools: tokens read, all schemas over search_tools",
          cost.direct().read() + " : " + cost.thrift().read(),
          "tools in each request "
              + cost.direct().tools()
              + " : "
              + cost.thrift().tools()
              + ", requests "
              + cost.direct().requests()
              + " : "
              + cost.thrift().requests()
              + ", written "
              + cost.direct().written()
              + " : "
              + cost.thrift().written());
    }
    rows.shown(
        question + ": tools from which on searching is cheaper",
        breakEven(costs, 1, false)
            + " / "
            + breakEven(costs, CACHED, false)
            + " / "
            + breakEven(costs, CACHED, true),
        "nothing cached / what a conversation repeats at a tenth of the price / also the tools from"
            + " conversations before; a token written costs five read; tokenizer o200k");
  }

  /** Both costs are lines in the count of tools, so the ends of them are enough. */
  private static String breakEven(List<Cost> costs, double again, boolean known) {
    Cost first = costs.getFirst();
    Cost last = costs.getLast();
    double low = first.direct().price(again, known) - first.thrift().price(again, known);
    double high = last.direct().price(again, known) - last.thrift().price(again, known);
    double slope = (high - low) / (last.tools() - first.tools());
    return String.format(Locale.ROOT, "%.0f", first.tools() - low / slope);
  }
}
