package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.FoundPassage;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.journal.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Archival memory: passages that are searched for instead of always being in view. */
final class ArchivalTools {
  private static final String SOURCE = "source";

  private final AgentService agents;
  private final ArchiveService archives;
  private final Callers callers;

  ArchivalTools(AgentService agents, ArchiveService archives, Callers callers) {
    this.agents = agents;
    this.archives = archives;
    this.callers = callers;
  }

  List<McpTool> tools() {
    return List.of(insert(), search(), delete());
  }

  private McpTool insert() {
    Inputs inputs =
        Inputs.of(
            Input.text(
                "content", "What to remember, in full sentences that make sense on their own."),
            Input.texts("tags", "Words to filter by later, such as a project's name.").optional(),
            Input.text(
                    "source",
                    "Where the text comes from when you did not conclude it yourself: an address,"
                        + " a file. It is then marked as coming from outside, and memory_undo can"
                        + " remove all that this source wrote.")
                .optional(),
            Callers.AGENT,
            Callers.RUN);
    return new McpTool(
        "archival_insert",
        "Store in archival memory",
        "Stores a longer or rarer piece of knowledge, to be found later by archival_search: a"
            + " decision with its reasons, an event, how something was solved.",
        inputs.schema(),
        Optional.of(Outputs.object().text("agent").text("id").whole("sequence").schema()),
        ToolAnnotations.ADD,
        Icons.ARCHIVE,
        (context, given) -> insert(context, inputs.read("archival_insert", given)));
  }

  private ToolReply insert(CallContext context, Arguments arguments) {
    Agent agent = callers.agent(context, arguments);
    Optional<String> source = arguments.optional("source");
    Change own = Callers.change(context, arguments);
    Change change = source.map(from -> Callers.external(context, arguments, from)).orElse(own);
    Map<String, Object> metadata = new LinkedHashMap<>();
    source.ifPresent(from -> metadata.put(SOURCE, from));
    // The archive is the agent's own, whoever wrote the first text in it.
    Archive archive = agents.defaultArchive(context.owner(), agent.id(), own);
    Passage passage =
        archives.insert(
            context.owner(),
            archive.id(),
            new PassageDraft(
                arguments.text("content"), arguments.texts("tags"), metadata, Optional.empty()),
            change);
    return ToolReply.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("agent", agent.name())
            .put("id", passage.id())
            .put("sequence", passage.sequence()));
  }

  private McpTool search() {
    Inputs inputs =
        Inputs.of(
            Input.text(
                    "query",
                    "What you want to know, in words or as a question. Empty: the"
                        + " newest passages.")
                .optional(),
            Input.texts("tags", "Only passages with these tags.").optional(),
            Input.choice(
                    "tag_match_mode", "Whether any (default) or all tags must fit.", "any", "all")
                .optional(),
            Input.whole("top_k", 1, 100, "How many passages at the most; 10 when left out.")
                .optional(),
            Input.text("start_datetime", "Only passages from this date or time on (ISO 8601).")
                .optional(),
            Input.text("end_datetime", "Only passages up to this date or time (ISO 8601).")
                .optional(),
            Callers.AGENT);
    ObjectNode hit =
        Outputs.object()
            .text("id")
            .text("text")
            .texts("tags")
            .text("created_at")
            .maybe(SOURCE, "string")
            .number("score")
            .number("lexical")
            .number("vector")
            .text("reason")
            .schema();
    return new McpTool(
        "archival_search",
        "Search archival memory",
        "Searches what was stored with archival_insert, by words and by meaning. Use it before"
            + " you say that you do not know something about the user or earlier work.",
        inputs.schema(),
        Optional.of(Outputs.object().text("agent").list("results", hit).schema()),
        ToolAnnotations.READ,
        Icons.ARCHIVE,
        (context, given) -> search(context, inputs.read("archival_search", given)));
  }

  private ToolReply search(CallContext context, Arguments arguments) {
    Agent agent = callers.agent(context, arguments);
    Set<String> own =
        agents.archives(context.owner(), agent.id()).stream()
            .map(Archive::id)
            .collect(Collectors.toSet());
    PassageQuery query = query(arguments, own);
    ObjectNode reply = JsonNodeFactory.instance.objectNode().put("agent", agent.name());
    ArrayNode results = reply.putArray("results");
    // To the index no archive means every archive.
    if (!own.isEmpty()) {
      archives.search(context.owner(), query).forEach(found -> add(results.addObject(), found));
    }
    return ToolReply.of(reply);
  }

  private static PassageQuery query(Arguments arguments, Set<String> own) {
    boolean all = arguments.optional("tag_match_mode").filter("all"::equals).isPresent();
    return new PassageQuery(
        arguments.optional("query").orElse(""),
        own,
        Set.copyOf(arguments.texts("tags")),
        all ? PassageQuery.TagMatch.ALL : PassageQuery.TagMatch.ANY,
        arguments.optional("start_datetime").map(text -> Moments.start("start_datetime", text)),
        arguments.optional("end_datetime").map(text -> Moments.end("end_datetime", text)),
        arguments.whole("top_k", 10));
  }

  private static void add(ObjectNode node, FoundPassage found) {
    Passage passage = found.passage();
    Optional<String> source =
        Optional.ofNullable(passage.metadata().get(SOURCE)).map(String::valueOf);
    node.put("id", passage.id());
    node.put("text", source.map(from -> Fence.around(from, passage.text())).orElse(passage.text()));
    ArrayNode tags = node.putArray("tags");
    passage.tags().forEach(tags::add);
    node.put("created_at", passage.createdAt().toString());
    source.ifPresent(from -> node.put(SOURCE, from));
    node.put("score", found.hit().score());
    node.put("lexical", found.hit().lexical());
    node.put("vector", found.hit().vector());
    node.put("reason", found.hit().reason());
  }

  private McpTool delete() {
    Inputs inputs =
        Inputs.of(
            Input.text("id", "The passage's id, from archival_search."),
            Callers.AGENT,
            Callers.RUN);
    return new McpTool(
        "archival_delete",
        "Remove from archival memory",
        "Removes a passage that is wrong or no longer matters. memory_undo brings it back; to"
            + " remove a secret for good use memory_redact.",
        inputs.schema(),
        Optional.of(Outputs.object().text("agent").text("id").schema()),
        ToolAnnotations.CHANGE,
        Icons.ARCHIVE,
        (context, given) -> delete(context, inputs.read("archival_delete", given)));
  }

  private ToolReply delete(CallContext context, Arguments arguments) {
    Agent agent = callers.agent(context, arguments);
    Passage passage = archives.getPassage(context.owner(), arguments.text("id"));
    boolean own =
        agents.archives(context.owner(), agent.id()).stream()
            .anyMatch(archive -> archive.id().equals(passage.archiveId()));
    if (!own) {
      throw MnemeException.notFound(
          "unknown_passage",
          "Agent '" + agent.name() + "' holds no such passage; name the agent that does.");
    }
    archives.deletePassage(context.owner(), passage.id(), Callers.change(context, arguments));
    return ToolReply.of(
        JsonNodeFactory.instance.objectNode().put("agent", agent.name()).put("id", passage.id()));
  }
}
