package dev.gatun.layers.serve;

import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/** The check at the door of a step: everything about a user's memory that could fail later. Allocates nothing. */
final class StepMemory {

    private StepMemory() {}

    /** Segments of so many floats at least, the result writable, both within reach of the calling thread. */
    static void require(MemorySegment x, int inputs, MemorySegment result, int outputs) {
        Arguments.required(x, "ModelStream.step", "x", "a segment of the floats of one step");
        Arguments.required(result, "ModelStream.step", "result", "a segment for the floats of one step");
        if (result.isReadOnly()) {
            throw new IllegalArgumentException("A step writes its result, but the segment given for it is read-only");
        }
        if (x.byteSize() < (long) inputs * Float.BYTES || result.byteSize() < (long) outputs * Float.BYTES) {
            throw new ShapeException("A step reads " + inputs + " and writes " + outputs + " floats, got segments of "
                    + x.byteSize() / Float.BYTES + " and " + result.byteSize() / Float.BYTES + " floats");
        }
        requireAccess("x", x);
        requireAccess("result", result);
    }

    static void requireAccess(String name, MemorySegment segment) {
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("The memory given to a step for " + name
                    + " has been freed: its arena is closed. Keep it open for as long as the stream uses it");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new IllegalStateException("The memory given to a step for " + name
                    + " belongs to another thread alone (a confined arena), so thread '"
                    + Thread.currentThread().getName() + "' cannot use it; allocate it with Arena.ofShared()");
        }
    }
}
