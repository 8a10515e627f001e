package dev.mneme.model;

import java.net.URI;
import java.util.Optional;

/**
 * What is known about a language model.
 *
 * @param handle {@code provider/model}
 * @param name the provider's own name of it
 * @param provider the first part of the handle
 * @param endpointType the protocol it speaks: {@code openai}, {@code anthropic}, {@code scripted}
 * @param endpoint where it is; absent where it is inside the process
 * @param contextWindow tokens it reads at most
 * @param maxOutputTokens tokens it writes at most
 * @param known whether the figures come from the provider or the table, not from a guess
 */
public record ModelInfo(
    String handle,
    String name,
    String provider,
    String endpointType,
    Optional<URI> endpoint,
    int contextWindow,
    int maxOutputTokens,
    boolean tools,
    boolean reasoning,
    boolean known) {}
