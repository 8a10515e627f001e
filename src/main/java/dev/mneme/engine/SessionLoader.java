package dev.mneme.engine;

import dev.mneme.common.Owner;
import dev.mneme.engine.prompt.AgentType;
import dev.mneme.engine.prompt.ChatForm;
import dev.mneme.engine.prompt.Packing;
import dev.mneme.engine.prompt.SystemPrompt;
import dev.mneme.engine.rules.RuleState;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.model.ChatModel;
import dev.mneme.run.Run;
import dev.mneme.store.Reads;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Loads what a run works with, in one read. Thread-safe. */
final class SessionLoader {
  private static final int LEAST_SHOWN = 5_000;
  private static final double SHARE_OF_WINDOW = 0.2;
  private static final int CHARS_PER_TOKEN = 4;

  private final EngineParts parts;
  private final Prompts prompts;

  SessionLoader(EngineParts parts, Prompts prompts) {
    this.parts = parts;
    this.prompts = prompts;
  }

  /**
   * @param stale watched since before this call
   */
  Session load(Owner owner, Run run, Assignment assignment, StaleMark stale, Tally tally) {
    return parts
        .database()
        .scope(owner)
        .read(reads -> load(reads, owner, run, assignment, stale, tally));
  }

  private Session load(
      Reads reads, Owner owner, Run run, Assignment assignment, StaleMark stale, Tally tally) {
    SendRequest request = assignment.request();
    AgentProfile profile = assignment.profile();
    ChatModel chat = assignment.chat();
    AgentType type = profile.type();
    ZoneId zone = Packing.zone(profile.settings().timezone());
    boolean thoughts = type.loop() == AgentType.Loop.HEARTBEAT && !chat.info().reasoning();
    ChatForm form = new ChatForm(zone, shown(profile, chat), thoughts);
    SystemPrompt prompt =
        prompts.compile(
            reads,
            profile,
            request.overrideSystem(),
            chat.info().endpointType().equals("anthropic"));
    Conversation conversation = request.conversation();
    List<Message> context = parts.messages().context(reads, conversation);
    boolean fresh = context.isEmpty();
    Message system =
        fresh
            ? prompts.first(reads, parts.ids().next("message"), profile, conversation, prompt)
            : context.getFirst();
    boolean goesOn = !request.consents().isEmpty();
    boolean forgets = !goesOn && (profile.settings().autoclear() || type.forgets());
    List<Message> rest = fresh || forgets ? List.of() : context.subList(1, context.size());
    Optional<Message> renewed =
        fresh ? Optional.empty() : prompts.renewed(reads, profile, system, context.size(), prompt);
    RuleState rules = new RuleState(profile.settings().toolRules());
    Session session =
        new Session(
            owner,
            run,
            assignment,
            zone,
            new ContextWindow(form, renewed.orElse(system), rest),
            rules,
            new Toolbox(profile.tools(), type.loop(), thoughts, rules, parts.maxListed()),
            stale,
            tally);
    session.restarts = fresh || (forgets && context.size() > 1);
    session.systemChanged = renewed.isPresent() && !session.overridden();
    if (fresh) {
      session.unstored.add(
          session.overridden()
              ? prompts.first(
                  reads,
                  system.id(),
                  profile,
                  conversation,
                  prompts.compile(reads, profile, Optional.empty(), session.numbersLines()))
              : system);
    }
    for (Message message : assignment.input()) {
      session.joining.add(message);
      session.window.add(message);
      session.lineage.read(message.origin(), message.senderId().orElse("message"));
    }
    return session;
  }

  private static int shown(AgentProfile profile, ChatModel chat) {
    double share = SHARE_OF_WINDOW * ModelSetup.window(profile.settings(), chat.info());
    return (int) Math.max(LEAST_SHOWN, Math.min(Integer.MAX_VALUE, share * CHARS_PER_TOKEN));
  }
}
