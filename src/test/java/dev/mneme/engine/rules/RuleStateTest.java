package dev.mneme.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.agent.ToolRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleStateTest {
  private static final List<String> ALL = List.of("a", "b", "c");

  private static RuleState state(ToolRule... rules) {
    return new RuleState(List.of(rules));
  }

  @Test
  void withoutRulesEverythingIsAllowedAndNothingForced() {
    assertThat(state().next(ALL)).isEqualTo(new Allowed(ALL, false));
  }

  @Test
  void theFirstCallIsForcedToTheFirstTools() {
    RuleState state = state(new ToolRule.RunFirst("b", Optional.empty()));
    assertThat(state.next(ALL)).isEqualTo(new Allowed(List.of("b"), true));
    state.called("b", "");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(ALL, false));
  }

  @Test
  void aFirstToolThatIsNotAttachedForcesNothing() {
    assertThat(state(new ToolRule.RunFirst("gone", Optional.empty())).next(ALL).tools())
        .isEqualTo(ALL);
  }

  @Test
  void childrenOnlyFollowTheirParent() {
    RuleState state =
        state(
            new ToolRule.Children(
                "a",
                List.of("b"),
                List.of(new ToolRule.ChildArgs("b", Optional.of(Map.of("x", 1))))));
    state.called("a", "");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(List.of("b"), true));
    assertThat(state.prefilled("b")).containsEntry("x", 1);
    state.called("b", "");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(ALL, false));
    assertThat(state.prefilled("b")).isEmpty();
  }

  @Test
  void childrenOfAParentThatHasToBeLastAreHiddenElse() {
    RuleState state = state(new ToolRule.ParentLast("a", List.of("b")));
    assertThat(state.next(ALL).tools()).containsExactly("a", "c");
    state.called("a", "");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(List.of("b"), false));
  }

  @Test
  void theReturnDecidesWhatFollows() {
    ToolRule rule = new ToolRule.Conditional("a", Map.of("yes", "b"), Optional.of("c"), false);
    RuleState state = state(rule);
    state.called("a", "yes");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(List.of("b"), true));
    state.called("a", "no");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(List.of("c"), true));
  }

  @Test
  void anUnmappedReturnWithoutDefaultAllowsAll() {
    RuleState state =
        state(new ToolRule.Conditional("a", Map.of("yes", "b"), Optional.empty(), false));
    state.called("a", "no");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(ALL, false));
  }

  @Test
  void aToolThatIsUsedUpStaysAway() {
    RuleState state = state(new ToolRule.MaxCount("a", 2));
    state.called("a", "");
    assertThat(state.next(ALL).tools()).contains("a");
    state.called("a", "");
    assertThat(state.next(ALL).tools()).containsExactly("b", "c");
    assertThat(state.next(List.of("a")).tools()).isEmpty();
  }

  @Test
  void rulesThatLeaveNothingDoNotCount() {
    RuleState state =
        state(
            new ToolRule.Children("a", List.of("b"), List.of()),
            new ToolRule.ParentLast("c", List.of("b")));
    state.called("a", "");
    assertThat(state.next(ALL)).isEqualTo(new Allowed(ALL, false));
  }

  @Test
  void requiredToolsAreMissingUntilCalled() {
    RuleState state = state(new ToolRule.RequiredBeforeExit("a"));
    assertThat(state.missingBeforeExit(ALL)).containsExactly("a");
    assertThat(state.missingBeforeExit(List.of("b"))).isEmpty();
    state.called("a", "");
    assertThat(state.missingBeforeExit(ALL)).isEmpty();
  }

  @Test
  void eachRuleThatNeedsSayingIsASentence() {
    String text =
        RuleText.section(
            List.of(
                new ToolRule.ExitLoop("a"),
                new ToolRule.MaxCount("b", 3),
                new ToolRule.RequiresApproval("c")));
    assertThat(text)
        .contains("Calling a ends your turn.", "b may be called at most 3 times in a turn.")
        .doesNotContain("c ");
    assertThat(RuleText.section(List.of())).isEmpty();
  }
}
