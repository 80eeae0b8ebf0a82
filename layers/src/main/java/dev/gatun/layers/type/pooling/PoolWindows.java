package dev.gatun.layers.type.pooling;

import dev.gatun.layers.operation.StepWindow;

/** Which steps of a sequence each step of a pooling is made of: one at least. */
interface PoolWindows {

    /** The first of them. */
    int first(int step, int inputs);

    /** The one behind the last of them. */
    int end(int step, int inputs);

    /**
     * A window that moves by the same steps, and is cut where the sequence ends.
     *
     * @param window its sizes
     */
    record Sliding(StepWindow window) implements PoolWindows {
        @Override
        public int first(int step, int inputs) {
            return Math.max(0, step * window.stride() - window.before(inputs));
        }

        @Override
        public int end(int step, int inputs) {
            return Math.min(inputs, step * window.stride() - window.before(inputs) + window.size());
        }
    }

    /**
     * Windows of like sizes that cover the sequence, so many of them whatever its length.
     *
     * @param count how many
     */
    record Even(int count) implements PoolWindows {
        @Override
        public int first(int step, int inputs) {
            return (int) ((long) step * inputs / count);
        }

        @Override
        public int end(int step, int inputs) {
            return (int) Math.ceilDiv((step + 1L) * inputs, count);
        }
    }
}
