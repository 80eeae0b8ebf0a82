package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;

/**
 * A place in a {@link MemoryPlan}'s block.
 *
 * @param name      what lies there
 * @param kind      how long it lives
 * @param baseBytes byte offset in the block, a multiple of {@link TensorArena#ALIGNMENT}
 * @param bytes     its size
 */
public record Slot(String name, Kind kind, long baseBytes, long bytes) {

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if the name or the kind is null
     * @throws IllegalArgumentException if the offset or the size is negative
     */
    public Slot {
        Arguments.required(name, "Slot", "name", "what lies there");
        Arguments.required(kind, "Slot", "kind", "Slot.Kind.WORKSPACE or Slot.Kind.SCRATCH");
        if (baseBytes < 0 || bytes < 0) {
            throw new IllegalArgumentException("Slot '" + name + "' begins at byte " + baseBytes + " and has " + bytes
                    + " bytes; neither can be negative");
        }
    }

    /** The two lifetimes of working memory. */
    public enum Kind {
        /** Written by forward, read by backward. */
        WORKSPACE,
        /** Dies with the call; scratch slots of different steps of the plan may share bytes. */
        SCRATCH
    }
}
