/**
 * The one way to sandboxed code: every call passes the policy, is given what it was granted, stands
 * in the ledger, and has its secrets taken out of all that comes back.
 *
 * <p>It may use {@code sandbox.policy}, {@code sandbox.ledger}, {@code sandbox.keep}, {@code
 * sandbox.consent}, {@code secret}, {@code tool} and {@code common}.
 */
@NullMarked
package dev.mneme.sandbox.gate;

import org.jspecify.annotations.NullMarked;
