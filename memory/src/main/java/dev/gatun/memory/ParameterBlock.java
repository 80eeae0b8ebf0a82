package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * All weights of a model in one segment, so that an optimizer is one loop. Entries are named and 64-byte aligned, their
 * paddings are zero. A twin has the same layout: gradients, or an optimizer's moments.
 */
public final class ParameterBlock {

    /**
     * The place of one weight in the block.
     *
     * @param name      of the weight, unique in the block
     * @param baseBytes byte offset, a multiple of {@link TensorArena#ALIGNMENT}
     * @param bytes     size with paddings, a multiple of {@link TensorArena#ALIGNMENT}
     */
    public record Entry(String name, long baseBytes, long bytes) {
        /**
         * Checks that there is a name.
         *
         * @throws NullPointerException if the name is null
         */
        public Entry {
            Arguments.required(name, "ParameterBlock.Entry", "name", "a name");
        }
    }

    /** Collects entries before a byte is allocated. */
    public static final class Layout {
        private final List<Entry> entries = new ArrayList<>();
        private long bytes;

        /** A layout without weights. */
        public Layout() {}

        /**
         * A place for a weight.
         *
         * @param name       of the weight, unique in the block
         * @param entryBytes its size with paddings, at least 0
         * @return its place
         * @throws IllegalArgumentException if the size is negative
         * @throws ArithmeticException      if the block's size does not fit 63 bits
         */
        public Entry add(String name, long entryBytes) {
            Arguments.required(name, "ParameterBlock.Layout.add", "name", "the name of the weight");
            if (entryBytes < 0 || entryBytes > Long.MAX_VALUE - TensorArena.ALIGNMENT) {
                throw new IllegalArgumentException("Weight '" + name + "' cannot have " + entryBytes
                        + " bytes; give a size of 0 to " + (Long.MAX_VALUE - TensorArena.ALIGNMENT) + " bytes");
            }
            Entry entry = new Entry(name, bytes, TensorArena.roundUp(entryBytes));
            if (bytes > Long.MAX_VALUE - entry.bytes()) {
                throw new ArithmeticException("Weights of " + bytes + " bytes cannot take " + entry.bytes()
                        + " more for '" + name + "': their size does not fit 63 bits. Use fewer units");
            }
            bytes += entry.bytes();
            entries.add(entry);
            return entry;
        }

        /**
         * Takes memory for all weights added so far. Each call gives a block of its own.
         *
         * @param arena   owns the memory
         * @param purpose what the arena's account books it under
         * @return a block of zeros
         * @throws NullPointerException  if an argument is null
         * @throws IllegalStateException if the arena is closed
         * @throws OutOfMemoryError      if the machine has no such block
         */
        public ParameterBlock allocate(TensorArena arena, String purpose) {
            Arguments.required(arena, "ParameterBlock.Layout.allocate", "arena", "an open arena");
            return new ParameterBlock(List.copyOf(entries), bytes, arena.allocate(bytes, purpose));
        }
    }

    private final List<Entry> entries;
    private final long bytes;
    private final MemorySegment segment;

    private ParameterBlock(List<Entry> entries, long bytes, MemorySegment segment) {
        this.entries = entries;
        this.bytes = bytes;
        this.segment = segment;
    }

    /**
     * The places of the weights.
     *
     * @return in the order in which they were added; unmodifiable
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The size of all entries, paddings included.
     *
     * @return bytes; the segment may be larger
     */
    public long bytes() {
        return bytes;
    }

    /**
     * The number of floats in all entries, paddings included: how far a loop over the block has to go.
     *
     * @return a multiple of 16
     */
    public long elements() {
        return bytes / Float.BYTES;
    }

    /**
     * The memory of all weights, the first of them at byte 0.
     *
     * @return native memory of at least {@link #bytes}, owned by the arena
     */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * A zeroed block of the same layout.
     *
     * @param arena   owns its memory
     * @param purpose what the arena's account books it under
     * @return the block
     * @throws IllegalStateException if the arena is closed
     */
    public ParameterBlock twin(TensorArena arena, String purpose) {
        Arguments.required(arena, "ParameterBlock.twin", "arena", "an open arena");
        return new ParameterBlock(entries, bytes, arena.allocate(bytes, purpose));
    }

    /**
     * Copies all values into a twin.
     *
     * @param twin a block of the same layout, written
     * @throws NullPointerException     if it is null
     * @throws IllegalArgumentException if its layout is another
     * @throws IllegalStateException    if the memory of one of them has been freed
     */
    public void copyTo(ParameterBlock twin) {
        requireTwin(twin, "ParameterBlock.copyTo");
        requireAlive();
        twin.requireAlive();
        MemorySegment.copy(segment, 0, twin.segment, 0, bytes);
    }

    /**
     * The check at the door of whoever takes a block beside this one. Twins share one list, so it costs one comparison.
     *
     * @param twin   the other block
     * @param method whose argument it is, for the message: {@code "Weight.get"}
     * @throws NullPointerException     if the other block is null
     * @throws IllegalArgumentException if its layout is another: it belongs to another model
     */
    public void requireTwin(ParameterBlock twin, String method) {
        Arguments.required(method, "ParameterBlock.requireTwin", "method", "whose argument it is");
        Arguments.required(twin, method, "twin", "a block of the same layout, for example one made with twin()");
        if (twin.entries != entries && !twin.entries.equals(entries)) {
            throw new IllegalArgumentException(method + ": the block of " + twin.entries.size() + " weight(s) and "
                    + twin.bytes + " bytes has another layout than this one of " + entries.size() + " weight(s) and "
                    + bytes + " bytes; give a block of the same model, for example one made with twin()");
        }
    }

    /**
     * Sets all values to zero.
     *
     * @throws IllegalStateException if the memory has been freed
     */
    public void clear() {
        requireAlive();
        segment.asSlice(0, bytes).fill((byte) 0);
    }

    /**
     * The check at the door of whoever is about to read or write values.
     *
     * @throws IllegalStateException if the memory has been freed
     */
    public void requireAlive() {
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("The memory of this block of " + entries.size()
                    + " weight(s) has been freed: its model or arena is closed. Copy the numbers before closing, or "
                    + "close later");
        }
    }
}
