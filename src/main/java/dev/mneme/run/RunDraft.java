package dev.mneme.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.message.Conversation;
import java.util.Optional;

/**
 * A run that is asked for.
 *
 * @param background goes on when nobody listens, and its events are kept
 * @param requestConfig what the client asked about the form of the answer; opaque here
 */
public record RunDraft(
    Conversation conversation,
    boolean background,
    ObjectNode requestConfig,
    Optional<String> callbackUrl) {}
