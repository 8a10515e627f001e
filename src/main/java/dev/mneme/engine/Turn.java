package dev.mneme.engine;

import dev.mneme.common.MnemeException;
import dev.mneme.message.Message;
import dev.mneme.model.ChatModel;
import dev.mneme.model.ModelException;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunTask;
import dev.mneme.run.RunWork;
import dev.mneme.run.StopReason;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an agent: steps until it has answered, or cannot go on. */
final class Turn implements RunTask {
  private static final Logger log = LoggerFactory.getLogger(Turn.class);

  private final AgentEngine engine;
  private final SendRequest request;
  private final List<Message> input;
  private final List<String> chain;
  private final Optional<LentModel> lent;

  Turn(
      AgentEngine engine,
      SendRequest request,
      List<Message> input,
      List<String> chain,
      Optional<LentModel> lent) {
    this.engine = engine;
    this.request = request;
    this.input = List.copyOf(input);
    this.chain = List.copyOf(chain);
    this.lent = lent;
  }

  @Override
  public RunEvent.Ended work(RunWork work) {
    Tally tally = new Tally();
    String agentId = request.conversation().agentId();
    StaleMark stale = engine.staleness().watch(agentId);
    try {
      return tally.ended(run(work, tally, stale));
    } catch (ModelException e) {
      if (e.type() == ModelException.Type.CANCELLED) {
        return stopped(work, tally);
      }
      work.tell(new RunEvent.Failed(e.type().code(), e.message()));
      return tally.ended(reason(e.type()));
    } catch (PromptOverflow e) {
      work.tell(new RunEvent.Failed(PromptOverflow.CODE, e.message()));
      return tally.ended(StopReason.CONTEXT_WINDOW_OVERFLOW_IN_SYSTEM_PROMPT);
    } catch (MnemeException e) {
      if (work.cancelled()) {
        return tally.ended(StopReason.CANCELLED);
      }
      work.tell(new RunEvent.Failed(e.code(), e.message()));
      return tally.ended(StopReason.ERROR);
    } catch (RuntimeException e) {
      log.error("A run failed", e);
      work.tell(new RunEvent.Failed("internal_error", "The run failed; the log has the details."));
      return tally.ended(StopReason.ERROR);
    } finally {
      engine.staleness().end(agentId, stale);
    }
  }

  private StopReason run(RunWork work, Tally tally, StaleMark stale) {
    AgentProfile profile = engine.profile(work.owner(), request.conversation().agentId());
    ChatModel chat =
        lent.<ChatModel>map(model -> model).orElseGet(() -> engine.open(profile, request));
    Session session =
        engine
            .loader()
            .load(
                work.owner(),
                work.run(),
                new Assignment(request, profile, chat, input, chain),
                stale,
                tally);
    int most = Math.max(1, request.maxSteps());
    if (!request.consents().isEmpty()) {
      StepResult resumed = engine.steps().resume(session, work, request.consents());
      tally.add(resumed.usage());
      if (resumed.stop().isPresent()) {
        return resumed.stop().get();
      }
    }
    for (int i = 1; i <= most; i++) {
      if (work.cancelled()) {
        return StopReason.CANCELLED;
      }
      StepResult step = engine.steps().run(session, work, i == most);
      tally.add(step.usage());
      if (!step.cancelled() && !work.run().status().ended()) {
        engine.compactor().afterStep(session, work, step.usage());
      }
      if (step.stop().isPresent()) {
        return step.stop().get();
      }
    }
    return StopReason.MAX_STEPS;
  }

  private static RunEvent.Ended stopped(RunWork work, Tally tally) {
    if (work.cancelled()) {
      return tally.ended(StopReason.CANCELLED);
    }
    work.tell(
        new RunEvent.Failed(
            ModelException.Type.STREAM_INCOMPLETE.code(),
            "The server stopped during the run; what was finished before is kept. Send again."));
    return tally.ended(StopReason.ERROR);
  }

  static StopReason reason(ModelException.Type type) {
    return switch (type) {
      case INSUFFICIENT_CREDITS -> StopReason.INSUFFICIENT_CREDITS;
      case EMPTY_RESPONSE, INVALID_RESPONSE -> StopReason.INVALID_LLM_RESPONSE;
      case CANCELLED -> StopReason.CANCELLED;
      case AUTHENTICATION,
          RATE_LIMIT,
          TIMEOUT,
          BAD_REQUEST,
          CONTEXT_WINDOW_EXCEEDED,
          STREAM_INCOMPLETE,
          ERROR ->
          StopReason.LLM_API_ERROR;
    };
  }
}
