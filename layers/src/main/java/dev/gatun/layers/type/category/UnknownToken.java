package dev.gatun.layers.type.category;

/** What is said of a number that has no id. */
final class UnknownToken {

    /** What follows the number. */
    static final String SAID = "is none of those it knows; give such numbers, or let unknown ones have an id, with "
            + "oovIndices(1)";

    private UnknownToken() {}

    /** @param row t B + b of the ids */
    static IllegalArgumentException of(String owner, int token, int row, int batch) {
        return new IllegalArgumentException(owner + ": " + token + " of sample " + row % batch + " of the batch, step "
                + row / batch + " (counted from 0), " + SAID);
    }
}
