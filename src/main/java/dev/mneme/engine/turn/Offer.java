package dev.mneme.engine.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An operation that may be committed.
 *
 * @param schema JSON Schema of its arguments; not to be changed
 */
public record Offer(String name, String description, ObjectNode schema) {}
