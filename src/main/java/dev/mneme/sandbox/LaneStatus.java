package dev.mneme.sandbox;

import dev.mneme.tool.Trust;
import java.util.Optional;

/**
 * What the workers of one level of trust are doing, for {@code doctor} and the log.
 *
 * @param starting workers that were started and are not ready yet
 * @param ended workers that ended without having been told to
 * @param startMillis how long the last worker took to become ready; 0 when none did yet
 * @param memory resident bytes of all workers, as far as the system tells
 * @param lastFailure why the last start failed, while starts are failing
 */
public record LaneStatus(
    Trust trust,
    int idle,
    int busy,
    int starting,
    int waiting,
    long calls,
    long stopped,
    long ended,
    long startMillis,
    long memory,
    Optional<String> lastFailure) {}
