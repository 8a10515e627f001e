/**
 * Models that follow a script in the data folder instead of thinking, so that agents can be tested
 * without a token: the same request always gets the same answer.
 *
 * <p>{@link dev.mneme.model.scripted.ScriptedProvider} finds the scripts; nothing is remembered
 * between requests. It may use {@code model}, {@code store} (to read files safely) and {@code
 * common}; nobody else imports YAML or RE2/J.
 */
@NullMarked
package dev.mneme.model.scripted;

import org.jspecify.annotations.NullMarked;
