package dev.mneme.engine;

import dev.mneme.engine.prompt.BasePrompts;
import dev.mneme.engine.prompt.Packing;
import dev.mneme.engine.prompt.PromptNote;
import dev.mneme.engine.prompt.SystemPrompt;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Messages;
import dev.mneme.message.Role;
import dev.mneme.model.Content;
import dev.mneme.store.Reads;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles system messages from what is stored. Thread-safe. */
final class Prompts {
  private final Messages messages;
  private final BlockService blocks;
  private final ArchiveService archives;
  private final Clock clock;

  Prompts(EngineParts parts) {
    this.messages = parts.messages();
    this.blocks = parts.blocks();
    this.archives = parts.archives();
    this.clock = parts.clock();
  }

  /**
   * The prompt of an agent as its memory is now.
   *
   * @param base other instructions than the agent's own, for one request
   * @param anthropic whether the model's provider is the one whose models edit by line numbers
   */
  SystemPrompt compile(
      Reads reads, AgentProfile profile, Optional<String> base, boolean anthropic) {
    return compile(blocks.ofAgent(reads, profile.agent().id()), profile, base, anthropic);
  }

  /** As above, where the agent's blocks are known. */
  static SystemPrompt compile(
      List<Block> blocks, AgentProfile profile, Optional<String> base, boolean anthropic) {
    return SystemPrompt.of(
        base.orElseGet(() -> instructions(profile)),
        profile.type(),
        blocks,
        anthropic && profile.type().numbersLines(),
        profile.settings().toolRules());
  }

  /** The agent's own, or those of its type where it has none. */
  private static String instructions(AgentProfile profile) {
    String own = profile.settings().system();
    return own.isBlank() ? BasePrompts.of(profile.type()).orElse("") : own;
  }

  /** The message with the prompt, where the one it has is not right any more. */
  Optional<Message> renewed(
      Reads reads, AgentProfile profile, Message system, int inContext, SystemPrompt prompt) {
    return prompt.matches(system.text())
        ? Optional.empty()
        : Optional.of(compiled(reads, profile, system, inContext, prompt));
  }

  /** The message with the prompt and a new note on what lies outside. */
  Message compiled(
      Reads reads, AgentProfile profile, Message system, int inContext, SystemPrompt prompt) {
    return system.withText(prompt.with(note(reads, profile, system.conversation(), inContext)));
  }

  /** The first message of an agent that was just made: nothing lies outside its context. */
  Message newborn(String id, AgentProfile profile, Conversation conversation, SystemPrompt prompt) {
    Instant now = clock.instant();
    PromptNote note =
        new PromptNote(
            conversation, now, Packing.zone(profile.settings().timezone()), 0, 0, List.of());
    return plain(id, conversation, Role.SYSTEM, Origin.USER, prompt.with(note), now);
  }

  /** A conversation's first message. */
  Message first(
      Reads reads,
      String id,
      AgentProfile profile,
      Conversation conversation,
      SystemPrompt prompt) {
    return plain(
        id,
        conversation,
        Role.SYSTEM,
        Origin.USER,
        prompt.with(note(reads, profile, conversation, 1)),
        clock.instant());
  }

  private PromptNote note(
      Reads reads, AgentProfile profile, Conversation conversation, int inContext) {
    long passages = 0;
    List<String> tags = new ArrayList<>();
    for (Archive archive : archives.ofAgent(reads, profile.agent().id())) {
      long held = archives.count(reads, archive.id());
      passages += held;
      if (held > 0) {
        archives.lastTags(reads, archive.id()).stream()
            .filter(tag -> !tags.contains(tag))
            .forEach(tags::add);
      }
    }
    long earlier = Math.max(0, messages.count(reads, profile.agent().id()) - inContext);
    return new PromptNote(
        conversation,
        clock.instant(),
        Packing.zone(profile.settings().timezone()),
        earlier,
        passages,
        tags);
  }

  /** A message that is nothing but text. */
  static Message plain(
      String id, Conversation conversation, Role role, Origin origin, String text, Instant at) {
    return Message.fresh(
        id, conversation, role, origin, List.of(Content.text(text)), List.of(), List.of(), at);
  }
}
