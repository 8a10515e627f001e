package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.policy.Effective;
import dev.mneme.sandbox.policy.Policy;
import dev.mneme.tool.LibraryTool;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is in force for a tool, and why.
 *
 * @param file the policy file, as a person would look for it
 */
public record Explanation(ToolIdentity tool, Effective effective, String file) {

  /**
   * All tools of a name: the library's, one that came over the API, or scripts for {@code
   * run_python}.
   *
   * @param owner the name in {@code auth.keys} of the one who calls
   * @throws MnemeException {@code unknown_tool}
   */
  public static List<Explanation> of(Config config, ToolBench bench, String owner, String name) {
    Policy policy = bench.host().policy().policy();
    Owner who = Keyring.owner(owner);
    String file = ToolHost.policyFile(config, Build.current()).toString();
    ToolLimits limits = Sandboxes.limits(config.sandbox());
    List<Explanation> found = new ArrayList<>();
    Optional<LibraryTool> library = bench.registry().catalog().find(name);
    library.ifPresent(tool ->
        found.add(
            new Explanation(
                tool.identity(), policy.decide(tool.identity(), who, tool.limits()), file)));
    StoredCalls.tool(config, owner, name)
        .map(
            tool -> ToolIdentity.custom(tool.name(), tool.sourceCode().orElse(""), tool.packages()))
        .ifPresent(
            tool -> found.add(new Explanation(tool, policy.decide(tool, who, limits), file)));
    if (name.equals("run_python")) {
      ToolIdentity script = ToolIdentity.script("");
      found.add(new Explanation(script, policy.decide(script, who, limits), file));
    }
    if (found.isEmpty()) {
      throw MnemeException.notFound(
          "unknown_tool", "There is no tool of that name; 'mneme tools list' shows the library.");
    }
    return found;
  }
}
