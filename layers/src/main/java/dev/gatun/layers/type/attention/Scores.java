package dev.gatun.layers.type.attention;

/** How well keys fit queries, head by head, in the memory of one thread. */
interface Scores {

    /** Says how many steps of query and keys the runs that follow have. */
    void resize(int time, int keys);

    /** Takes over the weights as they are now. */
    void begin();

    /** What the query is multiplied with when it is read, and its gradient when it is given. */
    float factor();

    /** Reads the keys of a head of a sample. */
    void readKeys(int sample, int column, SeenKeys seen);

    /** Scores of the query that was read, for every key. */
    void forward();

    /** No gradient of the keys that were read. */
    void clearKeyGradients();

    /**
     * From the gradients of the scores that of the query; those of the keys, and of the weights, are added.
     *
     * @param query where it was read from
     */
    void backward(SampleRows query, int sample, int column);

    /** Gives the gradients of the keys that were read. */
    void giveKeys(SampleRows to, int sample, int column, boolean add);
}
