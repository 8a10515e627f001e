/**
 * What code in a sandbox may ask the server for: requests to other hosts, secrets, the memory of
 * the agent that calls, and other tools.
 *
 * <p>Each answers only what the call was granted. It may use {@code net}, {@code memory}, {@code
 * agent}, {@code tool}, {@code secret} and {@code store} besides {@link
 * dev.mneme.sandbox.HostCalls}, which it implements.
 */
@NullMarked
package dev.mneme.sandbox.bridge;

import org.jspecify.annotations.NullMarked;
