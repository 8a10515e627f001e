package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a call leaves for its caller comes back; what it leaves for the next call is gone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CleanCallsIT {
  private DockerSandbox sandbox;

  @BeforeAll
  void start() {
    DockerHere.require();
    sandbox = TestingDocker.sandbox(TestingDocker.sizes(1, 1), HostCalls.DENIED);
  }

  @AfterAll
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Test
  void filesComeBackButNoLinksAndNothingTooLarge() {
    Success done =
        run(
            """
            import os
            os.makedirs("/out/more")
            open("/out/more/table.csv", "w").write("a,b")
            open("/out/picture.png", "wb").write(b"\\x89PNG\\r\\n\\x1a\\n")
            open("/out/large", "wb").write(b"x" * 1_500_001)
            os.symlink("/etc/passwd", "/out/link")
            os.mkfifo("/out/pipe")
            """);
    assertThat(done.artifacts())
        .extracting(Artifact::name, Artifact::mediaType)
        .containsExactly(tuple("more/table.csv", "text/csv"), tuple("picture.png", "image/png"));
    assertThat(done.stderr()).contains("large is larger", "link is", "pipe is");
    assertThat(run("import os\nos.listdir('/out')").value()).isEmpty();
  }

  @Test
  void theMemoryOfACallHoldsNothingOfTheCallBefore() {
    run("chr(97) + 'hidden-treasure' + chr(122)");
    Success searched =
        run(
            """
            import re
            # The pattern is not what it looks for, so it does not find itself.
            wanted = re.compile(b"[a]hidden-treasure[z]")

            def found():
                count = 0
                with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
                    for line in maps:
                        if " rw-p " in line:
                            start, end = (int(part, 16) for part in line.split()[0].split("-"))
                            memory.seek(start)
                            count += len(wanted.findall(memory.read(end - start)))
                return count

            before = found()
            control = chr(97) + "hidden-treasure" + chr(122)
            [before, found() > 0]
            """);
    assertThat(searched.value().toString()).isEqualTo("[0,true]");
  }

  /** Those that look after calls have seen the ones before. */
  @Test
  void noOtherProcessOfTheContainerCanBeLookedInto() {
    Success looked =
        run(
            """
            import os
            opened = []
            for pid in filter(str.isdigit, os.listdir("/proc")):
                if int(pid) == os.getpid():
                    continue
                for name in ("mem", "maps", "environ", "fd/0", "fd/3", "fdinfo/0"):
                    try:
                        open("/proc/" + pid + "/" + name, "rb").read(1)
                        opened.append(pid + " " + name)
                    except OSError:
                        pass
            [len([p for p in os.listdir("/proc") if p.isdigit()]), opened]
            """);
    assertThat(looked.value().toString()).isEqualTo("[3,[]]");
  }

  private Success run(String source) {
    ToolOutcome outcome = sandbox.call(ToolCalls.script(Trust.UNTRUSTED, source));
    assertThat(outcome).isInstanceOf(Success.class);
    return (Success) outcome;
  }
}
