package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Which keys the queries of one sample see: of steps that count, not later and not too far away, and as the mask says. */
final class SeenKeys {

    /**
     * What says so.
     *
     * @param queries   which queries count, or null
     * @param values    which values count, or null
     * @param keys      which keys count, or null
     * @param attention which keys each query sees, or null
     */
    record Masks(CountedSteps queries, CountedSteps values, CountedSteps keys, AttentionMask attention) {
        boolean none() {
            return queries == null && values == null && keys == null && attention == null;
        }
    }

    private final AttentionForm form;
    private final Masks masks;
    private final boolean[] queryCounts;
    private final boolean[] keyCounts;
    private int sample;
    private int keys;
    private boolean anyBlind;

    SeenKeys(AttentionForm form, Masks masks, AttentionSizes largest) {
        this.form = form;
        this.masks = masks;
        this.queryCounts = new boolean[largest.time()];
        this.keyCounts = new boolean[largest.keys()];
    }

    void begin(int ofSample, int time, int ofKeys) {
        sample = ofSample;
        keys = ofKeys;
        for (int step = 0; step < time; step++) {
            queryCounts[step] = masks.queries() == null || masks.queries().counts(step, sample);
        }
        for (int key = 0; key < keys; key++) {
            keyCounts[key] = (masks.values() == null || masks.values().counts(key, sample))
                    && (masks.keys() == null || masks.keys().counts(key, sample));
        }
        anyBlind = false;
        for (int step = 0; !anyBlind && !masks.none() && step < time; step++) {
            anyBlind = !seesAny(step);
        }
    }

    boolean queryCounts(int step) {
        return queryCounts[step];
    }

    /** Whether what a key stands for is read by any query. */
    boolean isRead(int key) {
        return keyCounts[key] || anyBlind;
    }

    private int first(int step) {
        return form.window() == 0 ? 0 : Math.max(0, step - form.window() + 1);
    }

    /** Behind the last key that may be seen. */
    int end(int step) {
        int end = form.causal() ? Math.min(keys, step + 1) : keys;
        return form.window() == 0 ? end : (int) Math.min(end, (long) step + form.window());
    }

    private boolean sees(int step, int key) {
        return keyCounts[key] && (masks.attention() == null || masks.attention().sees(step, key, sample));
    }

    /** A query of several heads that does not count sees nothing, as in Keras. */
    private boolean isOpen(int step) {
        return queryCounts[step] || !form.projected();
    }

    boolean seesAny(int step) {
        int end = end(step);
        int key = first(step);
        while (key < end && isOpen(step) && !masks.none() && !sees(step, key)) {
            key++;
        }
        return key < end && isOpen(step);
    }

    /** Scores of keys that a query does not see, up to {@link #end}, become what no softmax sees. */
    void hide(MemorySegment scores, long at, int step) {
        int first = first(step);
        int end = end(step);
        for (int key = 0; key < first; key++) {
            scores.set(JAVA_FLOAT, at + (long) key * Float.BYTES, Float.NEGATIVE_INFINITY);
        }
        for (int key = first; !masks.none() && key < end; key++) {
            if (!sees(step, key)) {
                scores.set(JAVA_FLOAT, at + (long) key * Float.BYTES, Float.NEGATIVE_INFINITY);
            }
        }
    }
}
