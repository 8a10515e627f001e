package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Timestamps;
import dev.mneme.engine.prompt.Packing;
import dev.mneme.engine.prompt.SystemPrompt;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.model.ChatUsage;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes room in a context: the older part leaves it for a summary. What leaves stays stored and can
 * be searched. Thread-safe.
 */
final class Compactor {
  static final String OVERFLOW = "context_window_exceeded";
  static final String REQUESTED = "requested";
  static final String AFTER_STEP = "post_step_context_check";
  private static final double FULL = 0.9;
  private static final double SHARE = 0.3;
  private static final double STRIDE = 0.1;
  private static final double MORE = 0.3;

  private final EngineParts parts;
  private final Prompts prompts;
  private final TokenLedger ledger;
  private final Summariser summariser;

  Compactor(EngineParts parts, Prompts prompts, TokenLedger ledger) {
    this.parts = parts;
    this.prompts = prompts;
    this.ledger = ledger;
    this.summariser = new Summariser(parts, ledger);
  }

  /** Compacts where a step has filled the window almost. */
  void afterStep(Session session, RunWork work, ChatUsage usage) {
    if (isDue(session, usage, List.of())) {
      compact(session, work, AFTER_STEP, 0);
    }
  }

  /**
   * Whether a step has filled the window almost.
   *
   * @param more what it adds to the window still
   */
  boolean isDue(Session session, ChatUsage usage, List<Message> more) {
    int used = usage.totalTokens();
    if (used == 0) {
      used = tokens(session);
      for (Message message : more) {
        used += ledger.tokens(session.model(), message);
      }
    }
    return used > (int) (FULL * session.windowTokens);
  }

  /**
   * @param attempt counts up where room was made in vain; each makes more
   * @return false where nothing can leave
   * @throws PromptOverflow where the system prompt alone is too large
   */
  boolean compact(Session session, RunWork work, String trigger, int attempt) {
    int system = ledger.tokens(session.model(), session.window.system());
    if (system >= session.windowTokens) {
      throw new PromptOverflow(system, session.windowTokens);
    }
    List<Message> all = session.window.messages();
    int fixed = session.joining.size();
    int cut = cut(session, all.subList(0, all.size() - fixed), system, attempt);
    if (cut == 0) {
      return false;
    }
    int before = tokens(session);
    List<Message> evicted = all.subList(0, cut);
    List<Message> kept = new ArrayList<>(all.subList(cut, all.size()));
    String summary = summariser.summary(session, evicted);
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("trigger", trigger);
    stats.put("context_tokens_before", before);
    stats.put("context_window", session.windowTokens);
    stats.put("messages_count_before", all.size() + 1);
    stats.put("messages_count_after", kept.size() + 2);
    Instant at = Timestamps.stored(parts.clock().instant());
    Message packed = message(session, Packing.summary(summary, stats, at, session.zone), at);
    write(session, packed, kept);
    work.tell(new RunEvent.Compacted(packed, trigger, before, session.windowTokens));
    return true;
  }

  /**
   * How many messages leave: a share of them first, up to where the model speaks, so that a call
   * and its return stay together; more while what stays is too much; at last all of them.
   */
  private int cut(Session session, List<Message> messages, int system, int attempt) {
    double share = share(session);
    double goal = (1 - share) * session.windowTokens;
    int[] tail = new int[messages.size() + 1];
    for (int i = messages.size() - 1; i >= 0; i--) {
      tail[i] = tail[i + 1] + ledger.tokens(session.model(), messages.get(i));
    }
    boolean pending = ContextWindow.pendingApproval(messages).isPresent();
    int most = pending ? lastCut(messages, messages.size() - 1) : messages.size();
    for (double part = share + STRIDE + attempt * MORE; part < 1; part += STRIDE) {
      int at = lastCut(messages, (int) (messages.size() * part));
      if (at > 0 && at <= most && system + tail[at] < goal) {
        return at;
      }
    }
    return most;
  }

  private static int lastCut(List<Message> messages, int from) {
    // A summary alone is not worth another.
    int least = !messages.isEmpty() && messages.getFirst().role() == Role.SUMMARY ? 2 : 1;
    for (int i = Math.min(from, messages.size() - 1); i >= least; i--) {
      Role role = messages.get(i).role();
      boolean follows =
          messages.get(i - 1).role() == Role.ASSISTANT
              && !messages.get(i - 1).toolRequests().isEmpty();
      if ((role == Role.ASSISTANT || role == Role.APPROVAL) && !follows) {
        return i;
      }
    }
    return 0;
  }

  private void write(Session session, Message summary, List<Message> kept) {
    Message system = session.window.system();
    List<Message> rest = new ArrayList<>();
    rest.add(summary);
    rest.addAll(kept);
    boolean interrupted = Thread.interrupted();
    try {
      Optional<Message> renewed =
          parts
              .database()
              .scope(session.owner)
              .write(tx -> {
                if (!session.unstored.isEmpty()) {
                  parts.messages().add(tx, session.unstored);
                }
                parts.messages().add(tx, List.of(summary));
                List<String> ids = new ArrayList<>();
                ids.add(system.id());
                rest.stream()
                    .filter(message -> !session.joining.contains(message))
                    .forEach(message -> ids.add(message.id()));
                parts.messages().replaceContext(tx, session.conversation(), ids);
                SystemPrompt prompt =
                    prompts.compile(
                        tx,
                        session.profile,
                        session.request.overrideSystem(),
                        session.numbersLines());
                Message now = prompts.compiled(tx, session.profile, system, ids.size(), prompt);
                if (!session.overridden()) {
                  parts.messages().rewrite(tx, now);
                }
                return Optional.of(now);
              });
      session.unstored.clear();
      session.restarts = false;
      session.systemChanged = false;
      session.window.replace(renewed.orElse(system), rest);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Message message(Session session, String text, Instant at) {
    Message plain =
        Prompts.plain(
            parts.ids().next("message"),
            session.conversation(),
            Role.SUMMARY,
            Origin.MODEL,
            text,
            at);
    return plain.in(plain.stepId(), Optional.of(session.run.id()));
  }

  private int tokens(Session session) {
    int sum = ledger.tokens(session.model(), session.window.system());
    for (Message message : session.window.messages()) {
      sum += ledger.tokens(session.model(), message);
    }
    return sum;
  }

  private static double share(Session session) {
    ObjectNode set = session.profile.settings().compaction();
    double share = set.path("sliding_window_percentage").asDouble(SHARE);
    return set.path("mode").asText("").equals("all") ? 1 : Math.clamp(share, 0.05, 0.9);
  }
}
