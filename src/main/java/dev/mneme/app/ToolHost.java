package dev.mneme.app;

import dev.mneme.agent.AgentSecrets;
import dev.mneme.mcp.client.Sampling;
import dev.mneme.mcp.client.SamplingBudget;
import dev.mneme.model.Models;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.bridge.HostBridge;
import dev.mneme.sandbox.bridge.HttpAsk;
import dev.mneme.sandbox.bridge.MemoryAsk;
import dev.mneme.sandbox.bridge.Operation;
import dev.mneme.sandbox.bridge.Outside;
import dev.mneme.sandbox.bridge.QuestionAsk;
import dev.mneme.sandbox.bridge.SecretAsk;
import dev.mneme.sandbox.bridge.ToolAsk;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.sandbox.gate.Gate;
import dev.mneme.sandbox.gate.ToolSecrets;
import dev.mneme.sandbox.keep.KeptFiles;
import dev.mneme.sandbox.ledger.CallLog;
import dev.mneme.sandbox.policy.PolicyFile;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolBackend;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What tools have besides a place to run: the policy, the ledger, and what they may ask for. */
public final class ToolHost implements AutoCloseable {
  private final PolicyFile policy;
  private final CallLog calls;
  private final ToolSecrets secrets;
  private final KeptFiles files;
  private final Outside outside = new Outside();
  private final ScriptTools scripts = new ScriptTools();
  private final Consent consent;
  private final HostBridge bridge;

  private ToolHost(
      PolicyFile policy,
      CallLog calls,
      ToolSecrets secrets,
      Consent consent,
      KeptFiles files,
      Map<String, Operation> more) {
    this.policy = policy;
    this.consent = consent;
    this.calls = calls;
    this.secrets = secrets;
    this.files = files;
    Map<String, Operation> operations = new HashMap<>(more);
    operations.put("http", new HttpAsk(outside));
    operations.put("secret", new SecretAsk());
    operations.put("tool", new ToolAsk(scripts));
    operations.put(QuestionAsk.NAME, new QuestionAsk());
    this.bridge = new HostBridge(operations);
  }

  /** For a command, which has no data folder: no memory, no ledger, no agents. */
  static ToolHost alone(Config config, Build build) {
    return new ToolHost(
        policy(config, build),
        CallLog.NONE,
        (caller, name) -> configured(config, name),
        Consent.OPERATOR,
        KeptFiles.NONE,
        Map.of());
  }

  /**
   * For a server.
   *
   * @throws dev.mneme.common.MnemeException {@code invalid_policy}
   */
  static ToolHost of(
      Config config,
      Build build,
      Database database,
      Memory memory,
      AgentSecrets agentSecrets,
      CallLog calls,
      Consent consent,
      KeptFiles files) {
    MemoryAsk memories =
        new MemoryAsk(database, memory.agents(), memory.blocks(), memory.archives());
    return new ToolHost(
        policy(config, build),
        calls,
        (caller, name) -> ofAgent(agentSecrets, caller, name).or(() -> configured(config, name)),
        consent,
        files,
        memories.operations());
  }

  /** The policy file there is, or would be. */
  static Path policyFile(Config config, Build build) {
    return config.tools().policy().orElseGet(build::policy);
  }

  HostCalls bridge() {
    return bridge;
  }

  ScriptTools scripts() {
    return scripts;
  }

  PolicyFile policy() {
    return policy;
  }

  /** Where a person's agreement is asked for. */
  Consent consent() {
    return consent;
  }

  /** What lets other servers ask a model, and writes it down. */
  Sampling sampling(Models models, SamplingBudget budget) {
    return new Sampling(models, calls, budget, System::nanoTime);
  }

  /** The way to a back end. */
  ToolBackend gate(ToolBackend backend) {
    return new Gate(backend, policy::policy, calls, secrets, consent, files);
  }

  @Override
  public void close() {
    outside.close();
  }

  private static PolicyFile policy(Config config, Build build) {
    return PolicyFile.open(policyFile(config, build), System::nanoTime);
  }

  private static Optional<SecretText> ofAgent(AgentSecrets held, Caller caller, String name) {
    return caller
        .agentId()
        .flatMap(agent ->
            held.list(caller.owner(), agent).stream()
                .filter(secret -> secret.key().equals(name))
                .map(secret -> secret.value())
                .findFirst());
  }

  private static Optional<SecretText> configured(Config config, String name) {
    return Optional.ofNullable(config.tools().secrets().get(name));
  }
}
