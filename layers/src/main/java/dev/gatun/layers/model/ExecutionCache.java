package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Executions by key; the least recently used is closed when there are too many. */
public final class ExecutionCache<K> {

    /** Training and validation, each with a last smaller batch, and room for a few other sizes. */
    private static final int KEPT = 8;

    private final Map<K, Execution> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** The execution for a key, made if there is none or its memory went with the model's. */
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

    public void close() {
        kept.values().forEach(Execution::close);
        kept.clear();
    }
}
