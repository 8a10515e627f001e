package dev.mneme.memory.journal;

import dev.mneme.memory.text.TextRules;
import java.util.List;
import java.util.Optional;

/**
 * Where a write comes from; written into the journal beside it.
 *
 * @param actor who did it, as a person would say it: an agent's id, a client's name
 * @param origin how far it can be trusted
 * @param source where the content came from, such as {@code mcp:cursor} or {@code tool:fetch}; all
 *     that one source wrote can be undone together
 * @param run the run or session it belongs to; all of a run can be undone together
 * @param step the step within the run
 * @param toolCall the tool call that made it
 * @param parents journal sequences of what this was derived from
 */
public record Change(
    String actor,
    Origin origin,
    Optional<String> source,
    Optional<String> run,
    Optional<String> step,
    Optional<String> toolCall,
    List<Long> parents) {
  private static final int MAX_CHARS = 200;

  public Change {
    TextRules.bounded("actor", actor, MAX_CHARS);
    source.ifPresent(text -> TextRules.bounded("source", text, MAX_CHARS));
    run.ifPresent(text -> TextRules.bounded("run", text, MAX_CHARS));
    step.ifPresent(text -> TextRules.bounded("step", text, MAX_CHARS));
    toolCall.ifPresent(text -> TextRules.bounded("tool call", text, MAX_CHARS));
    parents = parents.stream().distinct().sorted().toList();
  }

  public static Change by(String actor, Origin origin) {
    return new Change(
        actor,
        origin,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  public Change fromSource(String text) {
    return new Change(actor, origin, Optional.of(text), run, step, toolCall, parents);
  }

  public Change inRun(String text) {
    return new Change(actor, origin, source, Optional.of(text), step, toolCall, parents);
  }

  public Change inStep(String text) {
    return new Change(actor, origin, source, run, Optional.of(text), toolCall, parents);
  }

  public Change inToolCall(String text) {
    return new Change(actor, origin, source, run, step, Optional.of(text), parents);
  }

  public Change derivedFrom(List<Long> sequences) {
    return new Change(actor, origin, source, run, step, toolCall, sequences);
  }
}
