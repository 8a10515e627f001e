package dev.mneme.engine.turn;

import dev.mneme.message.Conversation;

/**
 * A turn that somebody wants to think for an agent.
 *
 * @param input what is said to the agent
 * @param client who thinks, as it names itself; shown as the steps' model
 * @param session turns of a session end with it
 */
public record TurnRequest(Conversation conversation, String input, String client, String session) {}
