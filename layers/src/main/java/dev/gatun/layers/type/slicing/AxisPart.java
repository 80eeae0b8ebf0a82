package dev.gatun.layers.type.slicing;

/**
 * What is taken of an axis, as Python writes it.
 *
 * @param begin  the first index, null for the first there is
 * @param end    the index before which it ends, null for the end
 * @param step   from one index to the next, not 0
 * @param single whether it is one index, which takes the axis away
 */
record AxisPart(Integer begin, Integer end, int step, boolean single) {

    static final AxisPart WHOLE = new AxisPart(null, null, 1, false);

    static AxisPart of(String text) {
        if (text.indexOf(':') < 0) {
            return new AxisPart(Integer.valueOf(text), null, 1, true);
        }
        String[] words = text.split(":", -1);
        Integer step = words.length > 2 ? number(words[2]) : null;
        return new AxisPart(number(words[0]), number(words[1]), step == null ? 1 : step, false);
    }

    private static Integer number(String word) {
        return word.isEmpty() ? null : Integer.valueOf(word);
    }

    /** Where it begins on an axis of a size. */
    long first(long size) {
        if (single) {
            return begin < 0 ? begin + size : begin;
        }
        return begin == null ? step > 0 ? 0 : size - 1 : bounded(begin, size);
    }

    /** How many indices there are on an axis of a size. */
    long count(long size) {
        if (single) {
            return 1;
        }
        long last = end == null ? step > 0 ? size : -1 : bounded(end, size);
        long way = step > 0 ? last - first(size) : first(size) - last;
        return way <= 0 ? 0 : Math.ceilDiv(way, Math.abs((long) step));
    }

    /** An index that counts from the end as one that counts from the beginning, no further than just outside. */
    private long bounded(int index, long size) {
        long counted = index < 0 ? index + size : index;
        return step > 0 ? Math.clamp(counted, 0, size) : Math.clamp(counted, -1, size - 1);
    }

    /** Whether the axis has the one index that is taken. */
    boolean fits(long size) {
        return !single || first(size) >= 0 && first(size) < size;
    }
}
