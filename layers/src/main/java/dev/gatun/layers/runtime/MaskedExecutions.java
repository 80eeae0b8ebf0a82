package dev.gatun.layers.runtime;

import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Executions kept for their next use, for each set of inputs that have masks apart. Not safe for use by several threads at once.
 */
public final class MaskedExecutions implements AutoCloseable {

    /** What makes an execution. */
    @FunctionalInterface
    public interface Maker {

        /**
         * Makes an execution.
         *
         * @param masked  numbers of the inputs that have masks
         * @param largest the largest shapes, batch first, one for each input, then one for each mask
         * @param mode    what it is for
         * @return an open execution
         */
        Execution make(List<Integer> masked, List<Shape> largest, ExecutionMode mode);
    }

    private final Maker maker;
    /** Most have no masks, and are found without looking. */
    private final ExecutionCache plain;
    private final Map<List<Integer>, ExecutionCache> masked = new HashMap<>();

    /**
     * Executions of which none is made yet.
     *
     * @param maker makes what is not there
     */
    public MaskedExecutions(Maker maker) {
        this.maker = Arguments.required(maker, "MaskedExecutions", "maker", "what makes an execution");
        this.plain = cache(List.of());
    }

    private ExecutionCache cache(List<Integer> inputs) {
        return new ExecutionCache(new MakerFor(maker, inputs));
    }

    /** A class, since a lambda would take the start of a JVM longer. */
    private record MakerFor(Maker maker, List<Integer> masked) implements ExecutionCache.Maker {
        @Override
        public Execution make(List<Shape> largest, ExecutionMode mode) {
            return maker.make(masked, largest, mode);
        }
    }

    /**
     * The execution for these sizes, see {@link ExecutionCache#get}.
     *
     * @param inputs numbers of the inputs that have masks
     * @param shapes known shapes, batch first, one for each input, then one for each mask
     * @param mode   what it is for
     * @return an open execution of these sizes, which stays the cache's
     */
    public Execution get(List<Integer> inputs, List<Shape> shapes, ExecutionMode mode) {
        Arguments.all(inputs, "MaskedExecutions.get", "inputs", "numbers of inputs, none is fine");
        return inputs.isEmpty()
                ? plain.get(shapes, mode)
                : masked.computeIfAbsent(List.copyOf(inputs), this::cache).get(shapes, mode);
    }

    /** Closes all executions. More can be asked for. */
    @Override
    public void close() {
        plain.close();
        for (ExecutionCache cache : masked.values()) {
            cache.close();
        }
        masked.clear();
    }
}
