/**
 * Turns without a key: somebody outside, such as an assistant connected over MCP, thinks for an
 * agent. To the engine it is a model like any other, only that it is lent for one run: its context
 * goes out when the turn is opened, its answer comes in with each commit, and all else is the
 * engine's own way. It may use the engine and what that uses; it knows no wire format.
 */
@NullMarked
package dev.mneme.engine.turn;

import org.jspecify.annotations.NullMarked;
