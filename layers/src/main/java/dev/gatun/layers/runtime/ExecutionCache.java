package dev.gatun.layers.runtime;

import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps executions for their next use. When there are too many, the one that has not been used for longest is closed. Not
 * safe for use by several threads at once.
 *
 * @param <K> what tells executions apart, for example the shapes of their inputs
 */
public final class ExecutionCache<K> implements AutoCloseable {

    /** Training and validation, each with a last smaller batch, and room for a few other sizes. */
    private static final int KEPT = 8;

    private final Map<K, Execution> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** A cache that holds nothing yet. */
    public ExecutionCache() {}

    /**
     * The execution for a key, made if there is none or if its memory was freed with that of its model.
     *
     * @param key   for example the shapes of the inputs
     * @param maker makes the execution of a key
     * @return an open execution, which stays the cache's: another call may close it
     */
    public Execution get(K key, Function<K, Execution> maker) {
        Arguments.required(key, "ExecutionCache.get", "key", "a key");
        Arguments.required(maker, "ExecutionCache.get", "maker", "what makes an execution");
        Execution execution = kept.get(key);
        if (execution == null || !execution.isOpen()) {
            execution = maker.apply(key);
            kept.put(key, execution);
            if (kept.size() > KEPT) {
                K oldest = kept.keySet().iterator().next();
                kept.remove(oldest).close();
            }
        }
        return execution;
    }

    /** Closes all executions. The cache can be used again. */
    @Override
    public void close() {
        kept.values().forEach(Execution::close);
        kept.clear();
    }
}
