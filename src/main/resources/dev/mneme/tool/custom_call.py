def __mneme_custom__(function):
    """Wraps a tool that came over the API: gives it its environment and its agent, and tells what
    it changed of the agent's memory."""
    import inspect
    import os

    class Block:
        def __init__(self, fields):
            self.__dict__.update(fields)

    class Memory:
        def __init__(self, blocks):
            self.blocks = [Block(fields) for fields in blocks]

        def list_block_labels(self):
            return [block.label for block in self.blocks]

        def get_blocks(self):
            return list(self.blocks)

        def get_block(self, label):
            for block in self.blocks:
                if block.label == label:
                    return block
            raise KeyError(
                f"Block field {label} does not exist (available sections = "
                + ", ".join(self.list_block_labels()) + ")")

        def update_block_value(self, label, value):
            if not isinstance(value, str):
                raise ValueError("Provided value must be a string")
            self.get_block(label).value = value

    class AgentState:
        def __init__(self, fields):
            self.__dict__.update(fields)
            self.memory = Memory(fields.get("blocks", []))
            self.blocks = self.memory.blocks

    parameters = inspect.signature(function).parameters
    annotations = getattr(function, "__annotations__", {})
    for given in ("agent_state", "agent_id", "self"):
        annotations.pop(given, None)
    adapted = __mneme_adapter__(function)

    def call(arguments, environment, agent):
        variables = dict(os.environ)
        variables.update(environment)
        os.environ = variables
        os.getenv = lambda key, default=None: variables.get(key, default)
        given = dict(arguments)
        state = None
        if "agent_state" in parameters:
            state = AgentState(agent) if agent else None
            given["agent_state"] = state
        if "agent_id" in parameters:
            given["agent_id"] = agent.get("id", "") if agent else ""
        before = {block["label"]: block["value"] for block in agent.get("blocks", [])} if agent else {}
        result = adapted(**given)
        if inspect.iscoroutine(result):
            try:
                result.send(None)
                result.close()
                raise RuntimeError("the tool waits for something that never comes")
            except StopIteration as end:
                result = end.value
        changed = {}
        if state is not None:
            for block in state.memory.blocks:
                if before.get(block.label) != block.value:
                    changed[block.label] = str(block.value)
        if not isinstance(result, (dict, list, str, int, float, bool, type(None))):
            result = str(result)
        return {"result": result, "blocks": changed}

    return call
