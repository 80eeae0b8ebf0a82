package dev.gatun.memory;

/**
 * A place in a {@link MemoryPlan}'s block.
 *
 * @param name      what lies there
 * @param kind      how long it lives
 * @param baseBytes byte offset in the block, a multiple of {@link TensorArena#ALIGNMENT}
 * @param bytes     its size
 */
public record Slot(String name, Kind kind, long baseBytes, long bytes) {

    /** The two lifetimes of working memory. */
    public enum Kind {
        /** Written by forward, read by backward. */
        WORKSPACE,
        /** Dies with the call; scratch slots of different steps of the plan may share bytes. */
        SCRATCH
    }
}
