package dev.gatun.layers.type.norms;

/**
 * Which numbers of a sample [T,F] are normalized together: boxes of so many steps and features, side by side.
 *
 * @param steps    of a box; {@link #ALL} for those of the sample
 * @param features likewise
 */
record Boxes(int steps, int features) {

    static final int ALL = 0;

    /** Whether a box lies within one step. */
    boolean areOfRows() {
        return steps == 1;
    }
}
