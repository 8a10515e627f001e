package dev.mneme.api.agents;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.mneme.agent.AgentSecret;
import dev.mneme.api.http.Wire;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A secret of an agent as its owner reads it. */
record WireSecret(String id, String agentId, String key, String value) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent(
          "description",
          "value_enc",
          "created_by_id",
          "last_updated_by_id",
          "created_at",
          "updated_at");

  static WireSecret of(AgentSecret secret) {
    return new WireSecret(secret.id(), secret.agentId(), secret.key(), secret.value().reveal());
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
