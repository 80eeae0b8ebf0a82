package dev.gatun.engine.conv;

/** Which rows taps read in the present run: row {@code t B + b} of what is made reads rows {@code s B + b}. */
final class TapSteps {

    private final Taps taps;
    private int batch;
    private int steps;
    private long before;

    TapSteps(Taps taps) {
        this.taps = taps;
    }

    /** @param readSteps how many steps there are to read */
    void resize(ConvSizes sizes, int readSteps) {
        batch = sizes.batch();
        steps = readSteps;
        before = sizes.before();
    }

    int batch() {
        return batch;
    }

    int count() {
        return taps.count();
    }

    /** The step that a tap reads for a row; {@link #isThere} says whether there is one. */
    long source(int row, int tap) {
        return taps.source(row / batch, tap, before);
    }

    boolean isThere(long source) {
        return source >= 0 && source < steps;
    }

    /** The row behind those that read rows one behind the other, as this one does, or else behind those of its step. */
    int runEnd(int row, int end, int tap) {
        int step = row / batch;
        long source = taps.source(step, tap, before);
        int next = step + 1;
        while ((long) next * batch < end && isThere(source) && isThere(source + next - step)
                && taps.source(next, tap, before) == source + next - step) {
            next++;
        }
        return (int) Math.min(end, (long) next * batch);
    }
}
