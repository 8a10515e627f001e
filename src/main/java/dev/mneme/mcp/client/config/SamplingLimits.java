package dev.mneme.mcp.client.config;

import java.util.Optional;

/**
 * What a server may have of a model of ours.
 *
 * @param model its handle; absent: the one agents get where none is named
 * @param calls so many in an hour
 * @param tokens read and written, in an hour
 */
public record SamplingLimits(Optional<String> model, int calls, int tokens) {
  public static final SamplingLimits DEFAULT = new SamplingLimits(Optional.empty(), 20, 50_000);
}
