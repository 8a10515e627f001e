package dev.mneme.api.agents;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.ToolRules;
import dev.mneme.api.http.RawJson;
import dev.mneme.api.http.Wire;
import dev.mneme.api.memory.WireBlock;
import dev.mneme.api.memory.WireEmbedding;
import dev.mneme.api.models.WireLlmConfig;
import dev.mneme.api.models.WireModelSettings;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.model.ModelInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An agent as clients read it, with all it holds. */
public record WireAgent(
    String id,
    String name,
    String agentType,
    Optional<String> description,
    String system,
    Optional<String> model,
    Optional<ObjectNode> modelSettings,
    Optional<WireLlmConfig> llmConfig,
    Optional<String> embedding,
    Optional<WireEmbedding> embeddingConfig,
    WireMemory memory,
    List<WireBlock> blocks,
    List<RawJson> tools,
    List<Object> sources,
    List<String> tags,
    JsonNode toolRules,
    List<String> messageIds,
    Map<String, Object> metadata,
    List<WireSecret> secrets,
    List<WireSecret> toolExecEnvironmentVariables,
    List<String> identityIds,
    List<Object> identities,
    boolean messageBufferAutoclear,
    Optional<ObjectNode> responseFormat,
    ObjectNode compactionSettings,
    String timezone,
    Optional<ObjectNode> pendingApproval,
    @JsonAnyGetter Map<String, @Nullable Object> more,
    Optional<String> lastRunCompletion,
    Optional<Long> lastRunDurationMs,
    Optional<String> lastStopReason,
    String createdById,
    String lastUpdatedById,
    String createdAt,
    String updatedAt) {

  /** What an agent is shown with, beside its own row. */
  record Parts(
      List<WireBlock> blocks,
      List<RawJson> tools,
      List<WireSecret> secrets,
      List<String> messageIds,
      Optional<ObjectNode> pendingApproval,
      Optional<ModelInfo> model,
      Optional<WireEmbedding> embedding) {}

  static WireAgent of(Owner owner, Agent agent, Parts parts) {
    AgentSettings settings = agent.settings();
    Optional<ModelInfo> model = parts.model();
    ObjectNode set = settings.modelSettings();
    return new WireAgent(
        agent.id(),
        agent.name(),
        settings.type(),
        Optional.of(agent.description()).filter(text -> !text.isEmpty()),
        settings.system(),
        model.map(ModelInfo::handle),
        model.map(info -> WireModelSettings.of(info, set)),
        model.map(info -> WireLlmConfig.of(info, set, window(settings, info))),
        settings.embedding().or(() -> parts.embedding().map(WireEmbedding::handle)),
        parts.embedding(),
        WireMemory.of(settings.type(), parts.blocks()),
        parts.blocks(),
        parts.tools(),
        List.of(),
        agent.tags(),
        ToolRules.write(settings.toolRules()),
        parts.messageIds(),
        agent.metadata(),
        parts.secrets(),
        parts.secrets(),
        List.of(),
        List.of(),
        settings.autoclear(),
        settings.responseFormat(),
        compaction(settings),
        settings.timezone(),
        parts.pendingApproval(),
        AgentExtras.shown(settings.more()),
        agent.lastRun().completedAt().map(Wire::time),
        agent.lastRun().durationNanos().isPresent()
            ? Optional.of(agent.lastRun().durationNanos().getAsLong() / 1_000_000)
            : Optional.empty(),
        agent.lastRun().stopReason(),
        owner.id(),
        owner.id(),
        Wire.time(agent.createdAt()),
        Wire.time(agent.updatedAt()));
  }

  static int window(AgentSettings settings, ModelInfo model) {
    return Math.min(settings.contextWindow().orElse(Integer.MAX_VALUE), model.contextWindow());
  }

  private static ObjectNode compaction(AgentSettings settings) {
    ObjectNode shown = Json.mapper().createObjectNode();
    shown.putNull("model");
    shown.putNull("model_settings");
    shown.putNull("prompt");
    shown.put("prompt_acknowledgement", false);
    shown.put("clip_chars", 50_000);
    shown.put("mode", "sliding_window");
    shown.put("sliding_window_percentage", 0.3);
    return shown.setAll(settings.compaction());
  }
}
