package dev.mneme.mcp.client;

import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.SamplingLimits;

/**
 * That a server may ask a model.
 *
 * @param owner whose server it is, whoever calls its tools
 */
record Allowance(Owner owner, String serverId, String server, SamplingLimits limits) {}
