package dev.gatun.layers.runtime;

import dev.gatun.memory.Tensor;

/** Memory that stays while the calling thread reads it: on the heap, or of an arena that no other thread may close. */
final class OwnMemory {

    /** Any thread but the calling one; never started. */
    private static final Thread OTHER = new Thread();

    private OwnMemory() {}

    static boolean holds(Tensor tensor) {
        return tensor.segment().heapBase().isPresent() || !tensor.segment().isAccessibleBy(OTHER);
    }
}
