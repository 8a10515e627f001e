package dev.mneme.sandbox.policy;

import dev.mneme.sandbox.policy.Effective.Line;
import dev.mneme.tool.HostPattern;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.ToolAsks;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolIdentity.Source;
import dev.mneme.tool.ToolLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds up the rules about one tool; each can only take away, except for grants. */
final class Decision {
  private static final String HEADER = "the tool's header";
  private static final String SERVER = "the server's limits";
  private static final String DEFAULTS = "default";

  private final ToolIdentity tool;
  private final List<Line> grants = new ArrayList<>();
  private Optional<String> refusal = Optional.empty();
  private String refusedBy = DEFAULTS;
  private boolean approval;
  private String approvalBy = DEFAULTS;
  private boolean container;
  private String containerBy = DEFAULTS;
  private final Bound<Duration> wall;
  private final Bound<Duration> cpu;
  private final Bound<Integer> output;
  private final Bound<Integer> result;
  private final List<String> hosts = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private MemoryUse memory;
  private MemoryUse mostMemory = MemoryUse.WRITE;
  private String memoryBy;
  private boolean tools;
  private String toolsBy = DEFAULTS;

  Decision(ToolIdentity tool, ToolLimits limits) {
    this.tool = tool;
    ToolAsks asks = tool.asks();
    wall = new Bound<>(limits.wall(), SERVER);
    cpu = new Bound<>(limits.cpu(), SERVER);
    output = new Bound<>(limits.output(), SERVER);
    result = new Bound<>(limits.result(), SERVER);
    asks.timeout().ifPresent(asked -> wall.lower(asked, HEADER));
    if (asks.sandbox().filter("docker"::equals).isPresent()) {
      container = true;
      containerBy = HEADER;
    }
    if (!asks.packages().isEmpty() && !container) {
      container = true;
      containerBy = "the tool's packages";
    }
    tools = tool.source() == Source.SCRIPT;
    boolean library = tool.source() == Source.LIBRARY;
    memory = library ? asks.memory() : MemoryUse.NONE;
    memoryBy = library ? HEADER : DEFAULTS;
  }

  void restrict(Rule rule) {
    if (rule.allow().filter(allowed -> !allowed).isPresent() && refusal.isEmpty()) {
      refusal = Optional.of("The operator's policy does not allow " + name() + ".");
      refusedBy = rule.where();
    }
    if (rule.packages().filter(allowed -> !allowed).isPresent()
        && !tool.asks().packages().isEmpty()
        && refusal.isEmpty()) {
      refusal =
          Optional.of("The operator's policy does not allow " + name() + " to have packages.");
      refusedBy = rule.where();
    }
    if (rule.sandbox().filter("docker"::equals).isPresent() && !container) {
      container = true;
      containerBy = rule.where();
    }
    if (rule.approval().filter(wanted -> wanted).isPresent() && !approval) {
      approval = true;
      approvalBy = rule.where();
    }
    rule.timeout().ifPresent(limit -> wall.lower(limit, rule.where()));
    rule.cpu().ifPresent(limit -> cpu.lower(limit, rule.where()));
    rule.output().ifPresent(limit -> output.lower(limit, rule.where()));
    rule.result().ifPresent(limit -> result.lower(limit, rule.where()));
    if (rule.tools().filter(allowed -> !allowed).isPresent()) {
      tools = false;
      toolsBy = rule.where();
    }
    rule.memory().ifPresent(use -> restrictMemory(use, rule.where()));
  }

  /** For scripts, which have no header and no lasting code, the rule of all of them grants. */
  private void restrictMemory(MemoryUse use, String where) {
    if (tool.source() == Source.SCRIPT) {
      memory = use;
      memoryBy = where;
    } else if (use.compareTo(mostMemory) < 0) {
      mostMemory = use;
      memoryBy = where;
    }
  }

  void grant(ToolRule rule) {
    if (!rule.rule().grants()) {
      return;
    }
    String where = rule.rule().where();
    if (!rule.isThisCode(tool)) {
      grants.add(new Line("not granted", "the code is another one than the rule names", where));
      return;
    }
    for (String host : HostPattern.common(tool.asks().network(), rule.rule().network())) {
      hosts.add(host);
      grants.add(new Line("network", host, where + " and " + HEADER));
    }
    for (String host : rule.rule().network()) {
      if (HostPattern.common(List.of(host), tool.asks().network()).isEmpty()) {
        grants.add(new Line("network", "not " + host, where + ", not asked for"));
      }
    }
    for (String secret : rule.rule().secrets()) {
      if (tool.asks().secrets().contains(secret)) {
        secrets.add(secret);
        grants.add(new Line("secret", secret, where + " and " + HEADER));
      } else {
        grants.add(new Line("secret", "not " + secret, where + ", not asked for"));
      }
    }
    rule.rule()
        .memory()
        .map(granted -> granted.strictest(tool.asks().memory()))
        .filter(use -> use.compareTo(memory) > 0)
        .ifPresent(use -> {
          memory = use;
          memoryBy = where + " and " + HEADER;
        });
  }

  Effective effective() {
    MemoryUse use = memory.strictest(mostMemory);
    ToolLimits limits = new ToolLimits(wall.value(), cpu.value(), output.value(), result.value());
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("allowed", refusal.isEmpty() ? "yes" : "no", refusedBy));
    lines.add(new Line("approval", approval ? "a person agrees to each call" : "no", approvalBy));
    lines.add(new Line("sandbox", container ? "docker" : "as the server has it", containerBy));
    lines.add(new Line("timeout", wall.value().toMillis() + " ms", wall.from()));
    lines.add(new Line("cpu", cpu.value().toMillis() + " ms", cpu.from()));
    lines.add(new Line("output", output.value() + " characters", output.from()));
    lines.add(new Line("result", result.value() + " bytes", result.from()));
    lines.addAll(grants);
    withheld(lines);
    if (!tool.asks().packages().isEmpty()) {
      lines.add(new Line("packages", String.join(", ", tool.asks().packages()), HEADER));
    }
    lines.add(new Line("memory", use.text(), memoryBy));
    lines.add(new Line("tools", tools ? "yes" : "no", toolsBy));
    return new Effective(
        refusal,
        approval,
        container,
        limits,
        hosts,
        secrets,
        use,
        tool.asks().packages(),
        tools,
        lines);
  }

  private void withheld(List<Line> lines) {
    tool.asks().network().stream()
        .filter(asked -> HostPattern.common(List.of(asked), hosts).isEmpty())
        .forEach(asked -> lines.add(new Line("network", "not " + asked, "asked, not granted")));
    tool.asks().secrets().stream()
        .filter(asked -> !secrets.contains(asked))
        .forEach(asked -> lines.add(new Line("secret", "not " + asked, "asked, not granted")));
  }

  private String name() {
    return switch (tool.source()) {
      case SCRIPT -> "scripts";
      case LIBRARY, CUSTOM, SERVER, UPSTREAM -> "the tool " + tool.name();
    };
  }
}
