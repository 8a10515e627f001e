package dev.mneme.api.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mneme.common.Owner;
import dev.mneme.run.Run;

/** A run as the older clients read it. */
record WireJob(@JsonUnwrapped WireRun run, String jobType, String userId) {
  static WireJob of(Owner owner, Run run) {
    return new WireJob(WireRun.of(run), "run", owner.id());
  }
}
