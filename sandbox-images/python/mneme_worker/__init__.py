"""The program that runs tools inside a container; see forkserver.py for how its processes work together."""
