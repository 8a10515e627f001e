package dev.mneme.mcp.server.modern;

import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Message;
import java.util.Optional;

/**
 * A request under way.
 *
 * @param agent whose memory is meant where the arguments name none
 * @param alone the agent, by id, whose tools and memory are all that the client sees
 * @param conversation names the run that the request's changes belong to
 */
record Incoming(
    Message.Request message,
    Envelope envelope,
    Owner owner,
    Optional<String> agent,
    Optional<String> alone,
    String conversation,
    Outlet outlet) {}
