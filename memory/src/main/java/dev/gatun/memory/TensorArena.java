package dev.gatun.memory;

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

    /** A cache line, and the widest vector. */
    public static final long ALIGNMENT = 64;

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

    public static TensorArena open(String name) {
        return new TensorArena(name, null);
    }

    /** An arena that closes with this one at the latest. */
    public synchronized TensorArena child(String childName) {
        requireOpen();
        TensorArena child = new TensorArena(name + "/" + childName, this);
        children.add(child);
        return child;
    }

    /**
     * @param bytes   size; rounded up to {@link #ALIGNMENT}
     * @param purpose what the account books it under
     * @return zeroed memory, aligned to {@link #ALIGNMENT} bytes
     * @throws IllegalStateException if the arena is closed
     * @throws OutOfMemoryError      if the machine has no such block, with the arena's name and account in the message
     */
    public synchronized MemorySegment allocate(long bytes, String purpose) {
        requireOpen();
        if (bytes < 0 || bytes > Long.MAX_VALUE - ALIGNMENT) {
            throw new ShapeException("Cannot allocate " + bytes + " bytes for " + purpose);
        }
        long rounded = Math.max(ALIGNMENT, roundUp(bytes));
        MemorySegment segment;
        try {
            segment = arena.allocate(rounded, ALIGNMENT);
        } catch (OutOfMemoryError noMemory) {
            OutOfMemoryError told = new OutOfMemoryError("Arena '" + name + "' cannot have " + rounded
                    + " bytes more for "
                    + purpose + "; it holds " + allocatedBytes + " bytes. Use a smaller batch or shorter sequences");
            told.initCause(noMemory);
            throw told;
        }
        account.merge(purpose, rounded, Long::sum);
        allocatedBytes += rounded;
        return segment;
    }

    /** A tensor with rows padded to {@code rowStride} elements. */
    public Tensor tensor(String purpose, Shape shape, long rowStride) {
        Shape padded = shape.rank() == 0 ? Shape.of(1) : shape.with(-1, rowStride);
        return new Tensor(allocate(padded.floatBytes(), purpose), 0, shape, rowStride);
    }

    /** A tensor without row padding. */
    public Tensor tensor(String purpose, Shape shape) {
        return tensor(purpose, shape, shape.rank() == 0 ? 1 : shape.last());
    }

    public static long roundUp(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    public String name() {
        return name;
    }

    /** Bytes held now; zero after {@link #close}. */
    public synchronized long allocatedBytes() {
        return allocatedBytes;
    }

    /** Bytes by purpose, in order of first allocation. */
    public synchronized Map<String, Long> account() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(account));
    }

    public boolean isOpen() {
        return !leak.closed.get();
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw new IllegalStateException("Arena '" + name + "' is closed; what it held cannot be used any more. "
                    + "Keep the model open for as long as its tensors are in use");
        }
    }

    /** Names of children still open: what would leak if this arena were dropped now. */
    public synchronized List<String> openChildren() {
        return children.stream().filter(TensorArena::isOpen).map(TensorArena::name).toList();
    }

    /** Frees all memory, also that of open children, which are reported by name. A second call does nothing. */
    @Override
    public void close() {
        List<TensorArena> open;
        synchronized (this) {
            if (!leak.closed.compareAndSet(false, true)) {
                return;
            }
            open = List.copyOf(children);
            allocatedBytes = 0;
            account.clear();
        }
        for (TensorArena child : open) {
            if (child.isOpen()) {
                log().log(Level.DEBUG, "Arena ''{0}'' was left open and is closed with its owner", child.name);
                child.close();
            }
        }
        if (parent != null) {
            parent.forget(this);
        }
        cleanable.clean();
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
            arena.close();
        }
    }
}
