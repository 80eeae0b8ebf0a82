package dev.gatun.layers;

/** What a layer may promise, whatever its numbers are. */
public enum Law {
    /** The same bits for any number of threads. */
    THREADS("same bits for any number of threads"),
    /** The same bits for a row in any batch. */
    BATCH("same bits for a row in any batch"),
    /** The same bits step by step. */
    STEPS("same bits step by step"),
    /** A row that is not a number does not touch other rows. */
    ROWS_APART("NaN stays in its row");

    private final String words;

    Law(String words) {
        this.words = words;
    }

    /**
     * The law in a few words.
     *
     * @return for tests and docs
     */
    public String words() {
        return words;
    }
}
