package dev.mneme.agent;

import dev.mneme.secret.SecretText;

/**
 * A value that the agent's tools are given under a name.
 *
 * @param id {@code agent-env-<uuid4>}
 */
public record AgentSecret(String id, String agentId, String key, SecretText value) {}
