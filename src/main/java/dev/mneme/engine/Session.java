package dev.mneme.engine;

import dev.mneme.common.Owner;
import dev.mneme.engine.builtin.Lineage;
import dev.mneme.engine.prompt.AgentType;
import dev.mneme.engine.rules.RuleState;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.model.ChatModel;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.ModelInfo;
import dev.mneme.run.Run;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** All that one run works with. Confined to the run's thread. */
final class Session {
  final Owner owner;
  final Run run;
  final SendRequest request;
  final AgentProfile profile;
  final AgentType type;
  final ChatModel chat;
  final ChatSettings settings;
  final int windowTokens;
  final ZoneId zone;
  final ContextWindow window;
  final RuleState rules;
  final Toolbox toolbox;
  final Lineage lineage;
  final List<String> chain;
  final Tally tally;

  /** Set when memory in the prompt changes. */
  final StaleMark stale;

  /** Messages that are stored together with the next step: a system message just made. */
  final List<Message> unstored = new ArrayList<>();

  /** Stored messages that come into context with the next step. */
  final List<Message> joining = new ArrayList<>();

  /** Whether the context begins anew with the next step. */
  boolean restarts;

  /** Whether the step under way has edited memory within its transaction. */
  boolean remembered;

  /** Whether the stored system message has to be written anew. */
  boolean systemChanged;

  Session(
      Owner owner,
      Run run,
      Assignment assignment,
      ZoneId zone,
      ContextWindow window,
      RuleState rules,
      Toolbox toolbox,
      StaleMark stale,
      Tally tally) {
    this.owner = owner;
    this.run = run;
    this.request = assignment.request();
    this.profile = assignment.profile();
    this.type = profile.type();
    this.chat = assignment.chat();
    this.settings = ModelSetup.chat(profile.settings());
    this.windowTokens = ModelSetup.window(profile.settings(), chat.info());
    this.zone = zone;
    this.window = window;
    this.rules = rules;
    this.toolbox = toolbox;
    this.chain = assignment.chain();
    this.stale = stale;
    this.tally = tally;
    this.lineage = new Lineage();
  }

  Conversation conversation() {
    return request.conversation();
  }

  ModelInfo model() {
    return chat.info();
  }

  boolean heartbeats() {
    return type.loop() == AgentType.Loop.HEARTBEAT;
  }

  /** Whether only the first of several tool requests counts. */
  boolean takesOneCall() {
    return heartbeats() || !settings.parallelToolCalls();
  }

  /** Whether the system message in the window is for this request alone. */
  boolean overridden() {
    return request.overrideSystem().isPresent();
  }

  boolean numbersLines() {
    return model().endpointType().equals("anthropic");
  }
}
