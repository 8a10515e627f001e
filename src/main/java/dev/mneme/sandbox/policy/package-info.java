/**
 * What tools may do, as the operator wrote it down: a file of rules, and what follows from it for
 * one call.
 *
 * <p>The strictest of the rules, the tool's own header and the server's limits counts; a grant is
 * bound to the source, the owner, the name and the hash of the code. It may use {@code tool} and
 * {@code common}.
 */
@NullMarked
package dev.mneme.sandbox.policy;

import org.jspecify.annotations.NullMarked;
