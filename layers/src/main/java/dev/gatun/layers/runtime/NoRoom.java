package dev.gatun.layers.runtime;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Tells what did not fit into memory, how much of it was asked for and how much is there. */
final class NoRoom {

    private NoRoom() {}

    /**
     * @param what  the sentences that name what did not fit, its size and the fix
     * @param cause what an arena said, which tells the rest, or the JVM about its heap
     */
    static OutOfMemoryError of(String what, OutOfMemoryError cause) {
        boolean isPlain = cause.getMessage() == null || cause.getMessage().equals("Java heap space")
                || cause.getMessage().startsWith("Requested array size");
        OutOfMemoryError told = new OutOfMemoryError(what + " " + (isPlain ? heap() : cause.getMessage()));
        told.initCause(cause);
        return told;
    }

    /**
     * Of a plan's working memory.
     *
     * @param model  its name
     * @param inputs the sizes it was planned for
     * @param slots  what the memory is for
     * @param cause  what an arena said
     */
    static OutOfMemoryError ofPlan(String model, List<Shape> inputs, List<Slot> slots, OutOfMemoryError cause) {
        Slot largest = Collections.max(slots, Comparator.comparingLong(Slot::bytes));
        return of("Model '" + model + "' cannot run at inputs " + inputs
                + ": of its working memory the largest part is '" + largest.name() + "', " + largest.bytes()
                + " bytes.", cause);
    }

    private static String heap() {
        Runtime jvm = Runtime.getRuntime();
        return "The Java heap has " + (jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory()) + " bytes left of "
                + jvm.maxMemory() + "; give the JVM more with -Xmx";
    }
}
