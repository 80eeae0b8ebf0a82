package dev.gatun.perf.paired;

/** What brings a peer into a run. */
public enum Asked {
    /** Nothing has to: it is Gatun itself, doing something else. */
    ALWAYS,
    /** The option {@code --peers}. */
    PEERS,
    /** The option {@code --python}. */
    PYTHON
}
