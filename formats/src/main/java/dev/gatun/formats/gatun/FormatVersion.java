package dev.gatun.formats.gatun;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A version of the file, in the order in which they came. The rule stands in {@code docs/formats.md}: a version says what keys
 * and names of tensors mean; a new one comes when a reader of the last could not read a file, or would read it wrongly; every
 * one is read, and only the last is written.
 */
enum FormatVersion {

    /** Moments by their position in the optimizer's list; what a call reads as one list. */
    POSITIONS {
        @Override
        List<String> moments(List<String> slots) {
            return IntStream.range(0, slots.size()).mapToObj(slot -> "optimizer/" + slot + "/").toList();
        }
    },

    /** Moments and what a call reads by their names. */
    NAMES {
        @Override
        List<String> moments(List<String> slots) {
            return slots.stream().map(slot -> "moments/" + slot + "/").toList();
        }
    };

    /** What is written. */
    static final FormatVersion LATEST = values()[values().length - 1];

    /** What the file calls it: a number from 1 on. */
    int number() {
        return ordinal() + 1;
    }

    /**
     * The version a file names.
     *
     * @param number 1 to that of {@link #LATEST}
     */
    static FormatVersion of(int number) {
        return values()[number - 1];
    }

    /**
     * What stands before a weight's name in the name of its moment.
     *
     * @param slots names of the optimizer's moments, in its order
     * @return one for each
     */
    abstract List<String> moments(List<String> slots);
}
