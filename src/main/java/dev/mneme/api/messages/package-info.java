/**
 * Messages over REST: how a stored message and the events of a run look to Letta clients, and the
 * routes that read messages. Translation only; it knows no engine.
 */
@NullMarked
package dev.mneme.api.messages;

import org.jspecify.annotations.NullMarked;
