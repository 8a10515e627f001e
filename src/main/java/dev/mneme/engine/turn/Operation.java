package dev.mneme.engine.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A tool of the agent that is to be run. */
public record Operation(String name, ObjectNode arguments) {}
