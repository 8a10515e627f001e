package dev.mneme.sandbox.packages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python that packages are for.
 *
 * @param minor of Python 3
 * @param full such as {@code 3.13.1}
 * @param machine such as {@code x86_64}
 * @param glibc minor version of glibc 2; -1 where there is none
 */
public record TargetPython(int minor, String full, String machine, int glibc) {
  /** A program that prints what {@link #of} reads. */
  public static final String PROBE =
      "import json, platform, sys\n"
          + "libc, version = platform.libc_ver()\n"
          + "glibc = int(version.split('.')[1]) if libc == 'glibc' else -1\n"
          + "print(json.dumps({'minor': sys.version_info[1], 'full': platform.python_version(),"
          + " 'machine': platform.machine(), 'glibc': glibc}))\n";

  private static final Map<String, Integer> OLD_NAMES =
      Map.of("manylinux1", 5, "manylinux2010", 12, "manylinux2014", 17);

  public static TargetPython of(JsonNode printed) {
    return new TargetPython(
        printed.path("minor").asInt(),
        printed.path("full").asText(),
        printed.path("machine").asText(),
        printed.path("glibc").asInt(-1));
  }

  /** What conditions of requirements are about. */
  Map<String, String> facts() {
    Map<String, String> facts = new HashMap<>();
    facts.put("python_version", "3." + minor);
    facts.put("python_full_version", full);
    facts.put("implementation_name", "cpython");
    facts.put("implementation_version", full);
    facts.put("platform_python_implementation", "CPython");
    facts.put("sys_platform", "linux");
    facts.put("platform_system", "Linux");
    facts.put("platform_machine", machine);
    facts.put("os_name", "posix");
    facts.put("extra", "");
    return facts;
  }

  boolean admits(Versions versions) {
    return Version.of(full).map(versions::admit).orElse(true);
  }

  /** How well a wheel's tags fit, 0 not at all: native code before plain Python. */
  int fit(String python, String abi, String platform) {
    int best = 0;
    for (String one : python.split("\\.", -1)) {
      for (String binary : abi.split("\\.", -1)) {
        int fits = fitCode(one, binary);
        for (String place : platform.split("\\.", -1)) {
          int there = place.equals("any") ? 1 : isHere(place) ? 2 : 0;
          best = Math.max(best, fits == 0 || there == 0 ? 0 : 10 * there + fits);
        }
      }
    }
    return best;
  }

  private int fitCode(String python, String abi) {
    List<String> plain = new ArrayList<>(List.of("py3"));
    for (int i = 0; i <= minor; i++) {
      plain.add("py3" + i);
    }
    String own = "cp3" + minor;
    if (python.equals(own) && abi.equals(own)) {
      return 4;
    }
    if (abi.equals("abi3") && python.matches("cp3\\d{1,2}")) {
      return Integer.parseInt(python.substring(3)) <= minor ? 3 : 0;
    }
    return abi.equals("none") && (plain.contains(python) || python.equals(own)) ? 2 : 0;
  }

  private boolean isHere(String platform) {
    if (platform.equals("linux_" + machine)) {
      return true;
    }
    if (glibc < 0 || !platform.endsWith("_" + machine)) {
      return false;
    }
    String kind = platform.substring(0, platform.length() - machine.length() - 1);
    int needed =
        kind.matches("manylinux_2_\\d{1,3}")
            ? Integer.parseInt(kind.substring("manylinux_2_".length()))
            : OLD_NAMES.getOrDefault(kind, Integer.MAX_VALUE);
    return needed <= glibc;
  }
}
