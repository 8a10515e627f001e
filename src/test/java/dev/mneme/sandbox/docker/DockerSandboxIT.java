package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolBackendContract;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract, kept by real containers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerSandboxIT extends ToolBackendContract {
  private DockerSandbox sandbox;

  @BeforeAll
  void start() throws IOException {
    DockerHere.require();
    sandbox = TestingDocker.sandbox(TestingDocker.sizes(6, 2), HostCalls.DENIED);
    sandbox.warm();
  }

  @AfterAll
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Override
  protected ToolBackend backend() {
    return sandbox;
  }

  @Override
  protected List<String> forbidden() {
    return List.of(
        "import socket\nsocket.create_connection(('127.0.0.1', 22), 1)",
        "import socket\nsocket.create_connection(('169.254.169.254', 80), 1)",
        "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:1/')",
        "open('/etc/shadow').read()",
        "open('/opt/mneme/escape', 'w').write('x')",
        "open('/var/run/docker.sock')");
  }

  @Test
  void filesOfACallAreGoneAtTheNext() {
    assertThat(value(script("open('/tmp/a', 'w').write('hello')\nopen('/tmp/a').read()")))
        .isEqualTo("\"hello\"");
    assertThat(value(script("import os\nos.listdir('/tmp')"))).isEqualTo("[]");
  }

  @Test
  void processesAndThreadsWork() {
    assertThat(
            value(
                ToolCalls.script(
                    Trust.UNTRUSTED,
                    "import subprocess\nsubprocess.run(['python3', '-c', 'print(6*7)'],"
                        + " capture_output=True, text=True).stdout")))
        .isEqualTo("\"42\\n\"");
    assertThat(
            value(
                script(
                    "import threading\nx = []\nt = threading.Thread(target=lambda: x.append(1))\n"
                        + "t.start()\nt.join()\nx")))
        .isEqualTo("[1]");
  }
}
