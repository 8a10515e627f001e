package dev.mneme.model.scripted;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.mneme.common.MnemeException;
import dev.mneme.model.ToolReply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What has to be true for an entry to answer; what is absent or empty always is.
 *
 * @param contains all of them are in the last text
 * @param matches found anywhere in the last text; may hold placeholders, which stand for their text
 * @param tool the last message holds a return of this tool, which then is the last text
 * @param failed whether that return is an error
 * @param step which answer of the turn this is, from 1
 * @param turn which turn of the conversation this is, as far as it is in the context, from 1
 * @param instructions in the system prompt
 * @param offers a tool the model may ask for
 * @param tokensOver estimated size of the request
 */
record Condition(
    List<String> contains,
    Optional<String> matches,
    Optional<From> from,
    Optional<String> tool,
    Optional<Boolean> failed,
    OptionalInt step,
    OptionalInt turn,
    Optional<String> instructions,
    Optional<String> offers,
    OptionalInt tokensOver) {
  /** Who said the last text. */
  enum From {
    USER,
    TOOL
  }

  Condition {
    contains = List.copyOf(contains);
  }

  /** What placeholders stand for, if the condition holds. */
  Optional<Placeholders> holds(Scene scene) {
    if ((from.isPresent() && (from.get() == From.TOOL) == scene.replies().isEmpty())
        || (step.isPresent() && step.getAsInt() != scene.step())
        || (turn.isPresent() && turn.getAsInt() != scene.turn())
        || (tokensOver.isPresent() && scene.tokens() <= tokensOver.getAsInt())
        || !instructions.map(scene.instructions()::contains).orElse(true)
        || !offers.map(scene::offers).orElse(true)) {
      return Optional.empty();
    }
    if (tool.isEmpty() && failed.isEmpty()) {
      return said(new Placeholders(scene, scene.text()));
    }
    return scene.replies().stream()
        .filter(r -> tool.map(r.name()::equals).orElse(true))
        .filter(r -> failed.map(f -> f == r.isError()).orElse(true))
        .flatMap(r -> said(of(scene, r)).stream())
        .findFirst();
  }

  private static Placeholders of(Scene scene, ToolReply reply) {
    return new Placeholders(scene, Scene.unpacked(reply.text()));
  }

  private Optional<Placeholders> said(Placeholders placeholders) {
    String text = placeholders.text();
    if (!contains.stream().allMatch(text::contains)) {
      return Optional.empty();
    }
    if (matches.isEmpty()) {
      return Optional.of(placeholders);
    }
    Matcher matcher = pattern(placeholders.quoted(matches.get())).matcher(text);
    return matcher.find() ? Optional.of(placeholders.with(matcher)) : Optional.empty();
  }

  static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw MnemeException.invalid(
          "invalid_script", "Not a regular expression of RE2: " + e.getDescription());
    }
  }
}
