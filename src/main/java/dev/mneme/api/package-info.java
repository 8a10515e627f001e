/**
 * The REST face under {@code /v1}: it translates the wire to calls on services and holds no logic.
 */
@NullMarked
package dev.mneme.api;

import org.jspecify.annotations.NullMarked;
