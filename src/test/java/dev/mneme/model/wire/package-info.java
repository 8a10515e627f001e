/**
 * A provider for tests: an HTTP endpoint that speaks the streaming protocols of OpenAI and
 * Anthropic, and answers from the same scripts as scripted models, faults included.
 *
 * <p>{@link dev.mneme.model.wire.ScriptedEndpoint} can be started by a test or as a program.
 */
@NullMarked
package dev.mneme.model.wire;

import org.jspecify.annotations.NullMarked;
