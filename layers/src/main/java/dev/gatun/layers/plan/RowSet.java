package dev.gatun.layers.plan;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;

/**
 * Rows of a weight by their numbers. They come in any order and go out in theirs, each once. Going through the set and emptying
 * it costs what is in it: of what could be, a bit for each 4096 rows is looked at.
 */
public final class RowSet {

    /** What {@link #next} says at the end. */
    public static final int NONE = -1;

    private final int size;
    private final long[] words;
    /** A bit for each word that is not zero. */
    private final long[] summary;
    private boolean isFull;

    /**
     * An empty set.
     *
     * @param size how many rows there are, at least 0
     */
    public RowSet(int size) {
        this.size = size;
        this.words = new long[(size + Long.SIZE - 1) / Long.SIZE];
        this.summary = new long[(words.length + Long.SIZE - 1) / Long.SIZE];
    }

    /**
     * Adds a row; one that is there already is no matter.
     *
     * @param row 0 to one less than there are
     */
    public void add(int row) {
        int word = row / Long.SIZE;
        words[word] |= 1L << row;
        summary[word / Long.SIZE] |= 1L << word;
    }

    /**
     * Adds the rows of another set.
     *
     * @param other of as many rows
     */
    public void addAll(RowSet other) {
        Arguments.required(other, "RowSet.addAll", "other", "rows of the same weight");
        isFull |= other.isFull;
        for (int i = 0; i < summary.length; i++) {
            for (long left = other.summary[i]; left != 0; left &= left - 1) {
                int word = i * Long.SIZE + Long.numberOfTrailingZeros(left);
                words[word] |= other.words[word];
            }
            summary[i] |= other.summary[i];
        }
    }

    /** Adds all rows there are. */
    public void fill() {
        isFull = true;
    }

    /** Takes all rows out. */
    public void clear() {
        isFull = false;
        for (int i = 0; i < summary.length; i++) {
            for (long left = summary[i]; left != 0; left &= left - 1) {
                words[i * Long.SIZE + Long.numberOfTrailingZeros(left)] = 0;
            }
        }
        Arrays.fill(summary, 0);
    }

    /** {@return how many rows there are, in the set or not} */
    public int size() {
        return size;
    }

    /** {@return whether all rows were added at once, by {@link #fill}} */
    public boolean isFull() {
        return isFull;
    }

    /**
     * The way through the set: {@code for (int row = set.next(0); row != NONE; row = set.next(row + 1))}.
     *
     * @param from at least 0
     * @return the first row of the set that is not before it; {@link #NONE} if there is none
     */
    public int next(int from) {
        if (from >= size) {
            return NONE;
        }
        if (isFull) {
            return from;
        }
        int word = from / Long.SIZE;
        long bits = words[word] & -1L << from;
        if (bits == 0) {
            word = nextWord(word + 1);
            if (word == NONE) {
                return NONE;
            }
            bits = words[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    private int nextWord(int from) {
        long mask = -1L << from;
        for (int i = from / Long.SIZE; i < summary.length; i++) {
            long bits = summary[i] & mask;
            if (bits != 0) {
                return i * Long.SIZE + Long.numberOfTrailingZeros(bits);
            }
            mask = -1L;
        }
        return NONE;
    }
}
