package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.sandbox.docker.PackageSettings.Allow;
import dev.mneme.sandbox.docker.wire.EngineException;
import dev.mneme.sandbox.packages.TestingWheels;
import dev.mneme.tool.Budget;
import dev.mneme.tool.Grants;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.SessionUse;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages out of wheels of our own, imported in containers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PackagesIT {
  private static final EngineAddress ENGINE = EngineAddress.find(Optional.empty(), System.getenv());

  /** Nobody else's sets are counted or removed here. */
  private static final List<String> SET = List.of("mnemetestgreet>=1", "mnemetestdata");

  @TempDir Path wheels;
  private PackageImages images;

  @BeforeEach
  void makeWheels() {
    DockerHere.require();
    images = images(Allow.AUTO);
    TestingWheels all = new TestingWheels(wheels);
    all.plain("mnemetestwords", "2.1");
    all.wheel(
        "mnemetestgreet",
        "1.0",
        "py3-none-any",
        List.of("Requires-Dist: mnemetestwords>=2"),
        Map.of(
            "mnemetestgreet/__init__.py",
            "import mnemetestwords\ndef hello(): return 'hello ' + mnemetestwords.VERSION\n"));
    all.wheel(
        "mnemetestdata",
        "0.1",
        "py3-none-any",
        List.of(),
        Map.of("mnemetestdata/__init__.py", "", "mnemetestdata/table.txt", "a table"));
  }

  @AfterEach
  void removeSets() throws EngineException {
    for (PackageImages.Built built : images.list()) {
      if (built.asked().contains("mnemetest")) {
        images.remove(built.image());
      }
    }
  }

  @Test
  void aSetIsBuiltOnceAndImportedAndNotThereForOthers() throws Exception {
    try (DockerSandbox sandbox = sandbox(images)) {
      String script =
          """
          import mnemetestgreet, importlib.metadata, importlib.resources, os
          try:
              open("/opt/packages/mine.py", "w")
              written = True
          except OSError:
              written = False
          [mnemetestgreet.hello(), importlib.metadata.version("mnemetestgreet"),
           importlib.resources.files("mnemetestdata").joinpath("table.txt").read_text(),
           os.path.exists(mnemetestgreet.__cached__), written]
          """;
      assertThat(value(call(sandbox, script, SET)))
          .isEqualTo("[\"hello 2.1\",\"1.0\",\"a table\",true,false]");
      List<String> otherwise =
          List.of("MnemeTestData", "mnemetestgreet >= 1", " mnemetestdata", "mnemetestgreet>=1");
      assertThat(value(call(sandbox, script, otherwise))).contains("hello 2.1");
      assertThat(images.list().stream().filter(set -> set.asked().contains("mnemetest")))
          .singleElement()
          .satisfies(set ->
              assertThat(set.wheels())
                  .isEqualTo("mnemetestdata 0.1, mnemetestgreet 1.0, mnemetestwords 2.1"));
      Failure plain = (Failure) call(sandbox, "import mnemetestgreet", List.of());
      assertThat(plain.message()).contains("No module named 'mnemetestgreet'");
    }
  }

  @Test
  void withoutLeaveNothingIsBuilt() throws Exception {
    try (DockerSandbox off = sandbox(images(Allow.OFF))) {
      assertThat(((Failure) call(off, "1", SET)).message())
          .isEqualTo(
              "The code needs the packages mnemetestgreet>=1, mnemetestdata, and the operator"
                  + " allows none (sandbox.packages.allow).");
    }
    try (DockerSandbox built = sandbox(images(Allow.BUILT))) {
      assertThat(((Failure) call(built, "1", SET)).message())
          .contains("mnemetestdata, mnemetestgreet>=1")
          .contains("mneme sandbox packages build");
      try (DockerSandbox operator = sandbox(images)) {
        operator.prepare(SET);
      }
      assertThat(value(call(built, "import mnemetestgreet; 1", SET))).isEqualTo("1");
    }
  }

  @Test
  void aSessionKeepsThePackagesItWasBegunWithAndSaysSo() throws Exception {
    try (DockerSandbox sandbox = sandbox(images)) {
      Setup session = new Setup(InputFiles.NONE, Optional.of(new SessionUse("s", false)));
      assertThat(value(call(sandbox, session, "x = 1", List.of()))).isEqualTo("null");
      Failure refused = (Failure) call(sandbox, session, "import mnemetestgreet", SET);
      assertThat(refused.message())
          .contains("The session s was begun with no packages, and this script names")
          .contains("mnemetestgreet>=1, mnemetestdata")
          .contains("reset");
      assertThat(value(call(sandbox, session, "x + 1", List.of()))).isEqualTo("2");
      Setup anew = new Setup(InputFiles.NONE, Optional.of(new SessionUse("s", true)));
      assertThat(value(call(sandbox, anew, "import mnemetestgreet; 3", SET))).isEqualTo("3");
      assertThat(value(call(sandbox, session, "mnemetestgreet.hello()", List.of())))
          .isEqualTo("\"hello 2.1\"");
      assertThat(((Failure) call(sandbox, session, "1", List.of("mnemetestdata"))).message())
          .contains("begun with the packages mnemetestgreet>=1, mnemetestdata");
    }
  }

  @Test
  void whatCannotBeHadIsSaidAndTheNextCallWorks() throws Exception {
    try (DockerSandbox sandbox = sandbox(images)) {
      assertThat(((Failure) call(sandbox, "1", List.of("mnemetestnothing"))).message())
          .contains("The package mnemetestnothing, which the tool needs, cannot be had");
      assertThat(value(call(sandbox, "2", List.of()))).isEqualTo("2");
      assertThatThrownBy(() -> images.remove("mneme-python:latest"))
          .hasMessageContaining("There is no set");
    }
  }

  private PackageImages images(Allow allow) {
    return new PackageImages(ENGINE, new PackageSettings(allow, Optional.of(wheels)));
  }

  private static DockerSandbox sandbox(PackageSource packages) {
    return new DockerSandbox(
        ENGINE.endpoint(),
        TestingDocker.settings("folder-packages"),
        TestingDocker.sizes(4, 0),
        TestingDocker.images(),
        packages,
        HostCalls.DENIED,
        new SecureRandom());
  }

  private static ToolOutcome call(DockerSandbox sandbox, String script, List<String> packages) {
    return call(sandbox, Setup.NONE, script, packages);
  }

  private static ToolOutcome call(
      DockerSandbox sandbox, Setup setup, String script, List<String> packages) {
    return sandbox.call(
        ToolCalls.script(Trust.UNTRUSTED, script)
            .with(setup)
            .granted(
                new Grants(
                    true, List.of(), Map.of(), MemoryUse.NONE, packages, false, new Budget(0, 0))));
  }

  private static String value(ToolOutcome outcome) {
    assertThat(outcome).isInstanceOf(Success.class);
    return ((Success) outcome).value().toString();
  }
}
