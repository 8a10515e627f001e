package dev.mneme.api.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.messages.Telling;
import dev.mneme.common.ErrorKind;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.model.ModelException;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunFollower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for a run and answers with all it told. */
final class Answers {
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final String TOO_LARGE = "context_window_overflow_in_system_prompt";

  private Answers() {}

  /**
   * @throws ModelException where the model failed
   * @throws MnemeException where something else did
   */
  static Map<String, @Nullable Object> whole(RunFollower follower, Telling telling) {
    List<ObjectNode> messages = new ArrayList<>();
    Optional<RunEvent.Failed> failed = Optional.empty();
    while (true) {
      RunEvent event = next(follower);
      switch (event) {
        case RunEvent.Failed failure -> failed = Optional.of(failure);
        case RunEvent.Ended ended -> {
          if (failed.isPresent()) {
            throw error(failed.get());
          }
          return answer(messages, ended);
        }
        default -> messages.addAll(telling.of(event));
      }
    }
  }

  /**
   * What came of making room in a context.
   *
   * @param messages how many messages are in context, where nothing was summed up
   * @throws ModelException where the model failed
   * @throws MnemeException where something else did
   */
  static Map<String, Object> compaction(RunFollower follower, int messages) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("summary", "");
    answer.put("num_messages_before", messages);
    answer.put("num_messages_after", messages);
    while (true) {
      switch (next(follower)) {
        case RunEvent.Compacted compacted -> {
          JsonNode packed = Json.parse(compacted.summary().text());
          JsonNode stats = packed.path("compaction_stats");
          answer.put("summary", packed.path("message").asText());
          answer.put("num_messages_before", stats.path("messages_count_before").asInt());
          answer.put("num_messages_after", stats.path("messages_count_after").asInt());
        }
        case RunEvent.Failed failure -> throw error(failure);
        case RunEvent.Ended _ -> {
          return answer;
        }
        default -> {
          // It tells nothing else that matters here.
        }
      }
    }
  }

  private static RunEvent next(RunFollower follower) {
    try {
      return follower
          .next(PATIENCE)
          .orElseThrow(() ->
              MnemeException.unavailable(
                  "run_still_going", "The run goes on; follow it by its id, or cancel it."))
          .event();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
    }
  }

  private static Map<String, @Nullable Object> answer(
      List<ObjectNode> messages, RunEvent.Ended ended) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("messages", messages);
    answer.put("stop_reason", Telling.stop(ended.reason()));
    answer.put("usage", Telling.usage(ended));
    answer.put("logprobs", null);
    answer.put("turns", null);
    return answer;
  }

  private static RuntimeException error(RunEvent.Failed failed) {
    Optional<ModelException.Type> type =
        Arrays.stream(ModelException.Type.values())
            .filter(known -> known.code().equals(failed.errorType()))
            .findFirst();
    if (type.isPresent()) {
      return new ModelException(type.get(), failed.message(), null);
    }
    ErrorKind kind = failed.errorType().equals(TOO_LARGE) ? ErrorKind.INVALID : ErrorKind.INTERNAL;
    return MnemeException.of(kind, failed.errorType(), failed.message());
  }
}
