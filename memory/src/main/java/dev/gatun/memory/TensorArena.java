package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Owns off-heap memory, 64-byte aligned and zeroed, and accounts for every byte: what it was allocated for and how much.
 * Closing frees everything at once; a later use of a tensor throws {@link IllegalStateException}. Children (say, the
 * workspaces of a model) that are still open when their parent closes are closed with it and reported. An arena that is
 * never closed is reported and freed when the garbage collector finds it, which may be late or never: memory off the heap
 * does not make it look.
 *
 * <p>Safe for use by several threads; the memory itself is not guarded.
 */
public final class TensorArena implements AutoCloseable {

    /** What every allocation begins at and is rounded up to, in bytes: a cache line, and the widest vector. */
    public static final long ALIGNMENT = 64;

    /** From here on the machine is asked first, which takes some hundredths of a millisecond. */
    private static final long LARGE = 1L << 26;

    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final TensorArena parent;
    private final Arena arena = Arena.ofShared();
    private final Map<String, Long> account = new LinkedHashMap<>();
    private final List<TensorArena> children = new ArrayList<>();
    private final Leak leak;
    private final Cleaner.Cleanable cleanable;
    private long allocatedBytes;

    /** Made when there is something to say: logging takes some milliseconds of a start. */
    private static System.Logger log() {
        return System.getLogger(TensorArena.class.getName());
    }

    private TensorArena(String name, TensorArena parent) {
        this.name = name;
        this.parent = parent;
        this.leak = new Leak(name, arena, new AtomicBoolean());
        this.cleanable = CLEANER.register(this, leak);
    }

    /**
     * A new arena without a parent, which holds nothing yet.
     *
     * @param name what messages call it
     * @return to be closed
     * @throws NullPointerException if the name is null
     */
    public static TensorArena open(String name) {
        Arguments.required(name, "TensorArena.open", "name", "a name");
        return new TensorArena(name, null);
    }

    /**
     * A new arena that this one closes, if nobody has closed it before.
     *
     * @param childName a name for messages; this arena's name and a slash are put in front
     * @return to be closed
     * @throws NullPointerException  if the name is null
     * @throws IllegalStateException if this arena is closed
     */
    public synchronized TensorArena child(String childName) {
        Arguments.required(childName, "TensorArena.child", "childName", "a name for the account");
        requireOpen();
        TensorArena child = new TensorArena(name + "/" + childName, this);
        children.add(child);
        return child;
    }

    /**
     * Memory, after asking the machine whether it has as much: a large block that it has not would end the process when
     * it is touched.
     *
     * @param bytes   size; rounded up to {@link #ALIGNMENT}
     * @param purpose what the account books it under
     * @return zeroed memory, aligned to {@link #ALIGNMENT} bytes
     * @throws IllegalArgumentException if the size is negative, or larger than any memory
     * @throws IllegalStateException    if the arena is closed
     * @throws OutOfMemoryError         if the machine has no such block, with the arena's name and account, the bytes asked
     *                                  for and those there in the message
     */
    public synchronized MemorySegment allocate(long bytes, String purpose) {
        Arguments.required(purpose, "TensorArena.allocate", "purpose",
                "a word for the account, for example \"weights\"");
        requireOpen();
        if (bytes < 0 || bytes > Long.MAX_VALUE - ALIGNMENT) {
            throw new IllegalArgumentException("Arena '" + name + "' cannot allocate " + bytes + " bytes for " + purpose
                    + "; give a size of 0 to " + (Long.MAX_VALUE - ALIGNMENT) + " bytes");
        }
        long rounded = Math.max(ALIGNMENT, roundUp(bytes));
        long there = rounded < LARGE ? NativeMemory.UNKNOWN : NativeMemory.available();
        if (rounded > there) {
            throw new OutOfMemoryError(noRoom(rounded, purpose, there));
        }
        MemorySegment segment;
        try {
            segment = arena.allocate(rounded, ALIGNMENT);
        } catch (OutOfMemoryError noMemory) {
            OutOfMemoryError told = new OutOfMemoryError(noRoom(rounded, purpose, NativeMemory.available()));
            told.initCause(noMemory);
            throw told;
        }
        account.put(purpose, account.getOrDefault(purpose, 0L) + rounded);
        allocatedBytes += rounded;
        return segment;
    }

    private String noRoom(long bytes, String purpose, long there) {
        return "Arena '" + name + "' cannot have " + bytes + " bytes more for " + purpose + "; it holds "
                + allocatedBytes
                + " bytes, and the machine has "
                + (there == NativeMemory.UNKNOWN ? "no block of that size" : there + " bytes left")
                + ". Use a smaller batch or shorter sequences, or close models that are no longer used";
    }

    /**
     * A tensor of zeros whose rows are padded to {@code rowStride} elements.
     *
     * @param purpose   what the account books it under
     * @param shape     a size on every axis
     * @param rowStride elements from one row to the next, at least {@code shape.last()}; for a scalar at least 1
     * @return a tensor whose first number lies at byte 0 of memory of its own
     * @throws NullPointerException  if the purpose or the shape is null
     * @throws ShapeException        if a size is unknown, the row stride is too short, or the size does not fit 63 bits
     * @throws IllegalStateException if the arena is closed
     * @throws OutOfMemoryError      if the machine has no such block
     */
    public Tensor tensor(String purpose, Shape shape, long rowStride) {
        Arguments.required(purpose, "TensorArena.tensor", "purpose", "a word for the account");
        Arguments.required(shape, "TensorArena.tensor", "shape", "for example Shape.of(2, 3)");
        shape.requireKnown("A tensor has a size on every axis: give one");
        if (shape.rank() > 0 && rowStride < shape.last()) {
            throw new ShapeException("Row stride " + rowStride + " is shorter than a row of shape " + shape
                    + "; give at least " + shape.last());
        }
        Shape padded = shape.rank() == 0 ? Shape.of(1) : shape.with(-1, rowStride);
        return new Tensor(allocate(padded.floatBytes(), purpose), 0, shape, rowStride);
    }

    /**
     * A tensor of zeros without row padding.
     *
     * @param purpose what the account books it under
     * @param shape   a size on every axis
     * @return a tensor whose first number lies at byte 0 of memory of its own
     * @throws NullPointerException  if an argument is null
     * @throws ShapeException        if a size is unknown or the size does not fit 63 bits
     * @throws IllegalStateException if the arena is closed
     * @throws OutOfMemoryError      if the machine has no such block
     */
    public Tensor tensor(String purpose, Shape shape) {
        Arguments.required(shape, "TensorArena.tensor", "shape", "for example Shape.of(2, 3)");
        return tensor(purpose, shape, shape.rank() == 0 ? 1 : shape.last());
    }

    /**
     * The next multiple of {@link #ALIGNMENT}.
     *
     * @param bytes a size, from 0 to {@code Long.MAX_VALUE - 63}; not checked
     * @return the size itself if it is a multiple, else the next larger one
     */
    public static long roundUp(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /**
     * What messages call the arena.
     *
     * @return the names of its parents and its own, joined by slashes
     */
    public String name() {
        return name;
    }

    /**
     * The memory that this arena holds now, that of its children not included.
     *
     * @return bytes; 0 after {@link #close}
     */
    public synchronized long allocatedBytes() {
        return allocatedBytes;
    }

    /**
     * What the memory is held for, that of children not included.
     *
     * @return bytes by purpose, in the order of first allocation; a copy, empty after {@link #close}
     */
    public synchronized Map<String, Long> account() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(account));
    }

    /**
     * Whether memory can still be taken from it.
     *
     * @return false after {@link #close}, or while it is under way
     */
    public boolean isOpen() {
        return !leak.closed.get();
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw new IllegalStateException("Arena '" + name + "' is closed; what it held cannot be used any more. "
                    + "Keep the model open for as long as its tensors are in use");
        }
    }

    /**
     * The children that are still open: what would leak if this arena were dropped now.
     *
     * @return their names, in the order in which they were made
     */
    public synchronized List<String> openChildren() {
        return children.stream().filter(TensorArena::isOpen).map(TensorArena::name).toList();
    }

    /**
     * Frees all memory, also that of open children, which are reported by name. A second call does nothing.
     *
     * @throws IllegalStateException if the system is reading or writing the memory for another thread, a file for example;
     *                               the memory is then still there, and a later call frees it
     */
    @Override
    public void close() {
        List<TensorArena> open;
        synchronized (this) {
            if (!leak.closed.compareAndSet(false, true)) {
                return;
            }
            open = List.copyOf(children);
        }
        try {
            for (TensorArena child : open) {
                child.closeWithOwner();
            }
            free();
        } catch (IllegalStateException busy) {
            leak.closed.set(false);
            throw busy;
        }
        if (parent != null) {
            parent.forget(this);
        }
        cleanable.clean();
    }

    private void closeWithOwner() {
        if (isOpen()) {
            log().log(Level.DEBUG, "Arena ''{0}'' was left open and is closed with its owner", name);
            close();
        }
    }

    private synchronized void free() {
        try {
            arena.close();
        } catch (IllegalStateException busy) {
            throw new IllegalStateException(
                    "Arena '" + name + "' cannot be closed while the system reads or writes its "
                            + "memory for another thread; close it when that has ended",
                    busy);
        }
        allocatedBytes = 0;
        account.clear();
    }

    private synchronized void forget(TensorArena child) {
        children.remove(child);
    }

    /** What frees the memory; must not reach the arena object itself, or it would never be collected. */
    private record Leak(String name, Arena arena, AtomicBoolean closed) implements Runnable {
        @Override
        public void run() {
            if (!closed.get()) {
                log().log(Level.WARNING, "Arena ''{0}'' was never closed; use try-with-resources or call close()",
                        name);
            }
            if (arena.scope().isAlive()) {
                arena.close();
            }
        }
    }
}
