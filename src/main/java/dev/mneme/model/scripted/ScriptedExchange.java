package dev.mneme.model.scripted;

import dev.mneme.common.Texts;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers as the script says. Thread-safe and without memory: which entries were used up is read
 * from the conversation in the request.
 */
final class ScriptedExchange implements Exchange {
  private static final int SHOWN = 200;

  private final String name;
  private final Supplier<Script> source;

  ScriptedExchange(String name, Supplier<Script> source) {
    this.name = name;
    this.source = source;
  }

  @Override
  public ChatReply attempt(ChatRequest request, ChatListener listener, int attempt) {
    Script script = source.get();
    Choice choice = choose(script, request);
    Performance performance = new Performance(request, choice.scene(), listener);
    if (choice.entry() < 0) {
      return performance.say(unmatched(choice.scene()));
    }
    return performance.play(
        script.replies().get(choice.entry()), choice.placeholders().orElseThrow(), attempt);
  }

  /** Goes through the conversation as it was, when earlier answers count. */
  private static Choice choose(Script script, ChatRequest request) {
    int[] uses = new int[script.replies().size()];
    boolean counts = script.counts();
    Scene scene = Scene.empty(request.tools());
    for (ChatMessage message : request.messages()) {
      if (counts && message instanceof ChatMessage.Assistant) {
        int entry = choose(script.replies(), uses, scene).entry();
        if (entry >= 0) {
          uses[entry]++;
        }
      }
      int turn = scene.turn();
      scene = scene.after(message);
      if (counts && scene.turn() > turn) {
        forgetTurn(script.replies(), uses);
      }
    }
    return choose(script.replies(), uses, scene);
  }

  private static void forgetTurn(List<ScriptedReply> replies, int[] uses) {
    for (int i = 0; i < uses.length; i++) {
      if (replies.get(i).timesPerTurn()) {
        uses[i] = 0;
      }
    }
  }

  private static Choice choose(List<ScriptedReply> replies, int[] uses, Scene scene) {
    for (int i = 0; i < uses.length; i++) {
      ScriptedReply reply = replies.get(i);
      if (reply.times().isEmpty() || uses[i] < reply.times().getAsInt()) {
        Optional<Placeholders> placeholders = reply.match().holds(scene);
        if (placeholders.isPresent()) {
          return new Choice(i, scene, placeholders);
        }
      }
    }
    return new Choice(-1, scene, Optional.empty());
  }

  private String unmatched(Scene scene) {
    String text = scene.text();
    return "The script "
        + name
        + " has no reply for step "
        + scene.step()
        + " of turn "
        + scene.turn()
        + ", after "
        + (scene.replies().isEmpty() ? "the user" : "the tool " + scene.replies().getLast().name())
        + " said: "
        + Texts.shorten(text, SHOWN);
  }

  /**
   * @param entry -1: none matches
   */
  private record Choice(int entry, Scene scene, Optional<Placeholders> placeholders) {}
}
