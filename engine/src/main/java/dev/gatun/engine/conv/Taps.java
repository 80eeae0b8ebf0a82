package dev.gatun.engine.conv;

/**
 * The taps of a kernel along time: which step of one sequence each of them reads for a step of another. A convolution gathers:
 * step t of its output reads the steps {@code t stride + tap dilation - before} of its input. The way back, and a transposed
 * convolution, spread: step i of the one sequence meets those steps of the other that have gathered it.
 *
 * @param count    K, how many
 * @param stride   steps of the longer sequence from one step of the shorter to the next
 * @param dilation steps of the longer sequence from tap to tap
 * @param spreads  whether the sequence that is read is the shorter one
 */
public record Taps(int count, int stride, int dilation, boolean spreads) {

    /** No step. */
    static final long NONE = Long.MIN_VALUE;

    /** The same taps the other way. */
    public Taps back() {
        return new Taps(count, stride, dilation, !spreads);
    }

    /**
     * The step that a tap reads, which may lie before the first or behind the last one; {@link #NONE} if there is no such step.
     *
     * @param step   of the sequence that is made
     * @param before steps of zeros before the longer sequence
     */
    long source(long step, int tap, long before) {
        long away = (long) tap * dilation - before;
        if (!spreads) {
            return step * stride + away;
        }
        long at = step - away;
        return at % stride == 0 ? at / stride : NONE;
    }
}
