package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.Arrays;
import java.util.List;

/**
 * Where the windows of a convolution or a pooling lie, along any number of axes.
 *
 * @param sizes  of what the windows lie on
 * @param kernel the sizes of a window
 * @param steps  from window to window
 * @param gaps   from number to number within a window ({@code dilations})
 * @param before what is added before the first number of each axis
 * @param after  what is added behind the last one
 * @param counts how many windows there are along each axis
 */
record KernelWindows(int[] sizes, int[] kernel, int[] steps, int[] gaps, int[] before, int[] after, int[] counts) {

    /** Stands in the padding. */
    static final int PADDING = -1;
    /** Stands behind the padding, where only a last window that was rounded up to can reach. */
    static final int BEYOND = -2;

    static KernelWindows of(ParsedNode node, int[] sizes, int[] kernel) {
        int rank = sizes.length;
        int[] steps = list(node, "strides", rank, 1, 1);
        int[] gaps = list(node, "dilations", rank, 1, 1);
        int[] pads = list(node, "pads", 2 * rank, 0, 0);
        int[] before = Arrays.copyOf(pads, rank);
        int[] after = Arrays.copyOfRange(pads, rank, 2 * rank);
        int[] counts = new int[rank];
        boolean roundsUp = node.whole("ceil_mode", 0) != 0;
        String auto = node.text("auto_pad", "NOTSET");
        for (int axis = 0; axis < rank; axis++) {
            int reach = (kernel[axis] - 1) * gaps[axis] + 1;
            if (auto.startsWith("SAME_")) {
                counts[axis] = (sizes[axis] + steps[axis] - 1) / steps[axis];
                int total = Math.max(0, (counts[axis] - 1) * steps[axis] + reach - sizes[axis]);
                before[axis] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                after[axis] = total - before[axis];
                continue;
            }
            if (auto.equals("VALID")) {
                before[axis] = 0;
                after[axis] = 0;
            }
            int room = sizes[axis] + before[axis] + after[axis] - reach;
            if (room < 0) {
                throw new IllegalArgumentException("its window of " + reach + " along axis " + (axis + 2)
                        + " is larger than what it lies on, " + (room + reach));
            }
            counts[axis] = room / steps[axis] + 1;
            boolean isRounded = roundsUp && room % steps[axis] > 0
                    && counts[axis] * steps[axis] < sizes[axis] + before[axis];
            counts[axis] += isRounded ? 1 : 0;
        }
        return new KernelWindows(sizes, kernel, steps, gaps, before, after, counts);
    }

    /** @throws IllegalArgumentException if there are not as many as expected, or one is too small or absurd */
    static int[] list(ParsedNode node, String attribute, int count, int otherwise, int least) {
        long[] given = node.wholes(attribute);
        int[] list = new int[count];
        Arrays.fill(list, otherwise);
        for (int i = 0; given != null && i < count; i++) {
            if (given.length != count || given[i] < least || given[i] > 1 << 20) {
                throw new IllegalArgumentException("its attribute '" + attribute + "' is " + Arrays.toString(given)
                        + ", expected " + count + " numbers from " + least);
            }
            list[i] = (int) given[i];
        }
        return list;
    }

    static void requirePadding(ParsedNode node) {
        String auto = node.text("auto_pad", "NOTSET");
        if (!List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER").contains(auto)) {
            throw new IllegalArgumentException("its attribute 'auto_pad' is '" + auto
                    + "', expected NOTSET, VALID, SAME_UPPER or SAME_LOWER");
        }
    }

    int count() {
        return Strides.product(counts, 0, counts.length);
    }

    int kernelCount() {
        return Strides.product(kernel, 0, kernel.length);
    }

    /** Whether each number is a window of its own, in order. */
    boolean areSingle() {
        boolean single = Arrays.equals(sizes, counts);
        for (int axis = 0; axis < sizes.length; axis++) {
            single &= kernel[axis] == 1 && steps[axis] == 1 && before[axis] == 0;
        }
        return single;
    }

    /** For each number of a window, and within that for each window, where it stands; or outside. */
    int[] places() {
        Storage.count(kernelCount(), count());
        int[] places = {0};
        int windows = 1;
        int[] strides = Strides.of(sizes);
        for (int axis = 0; axis < sizes.length; axis++) {
            places = along(axis, strides[axis], places, windows);
            windows *= counts[axis];
        }
        return places;
    }

    /** Places along the axes before this one, each with those along this one. */
    private int[] along(int axis, int stride, int[] outer, int windows) {
        int numbers = outer.length / Math.max(1, windows);
        int[] places = new int[numbers * kernel[axis] * windows * counts[axis]];
        int at = 0;
        for (int number = 0; number < numbers; number++) {
            for (int within = 0; within < kernel[axis]; within++) {
                for (int window = 0; window < windows; window++) {
                    int known = outer[number * windows + window];
                    for (int i = 0; i < counts[axis]; i++) {
                        places[at++] = known == BEYOND ? known : place(axis, within, i, stride, known);
                    }
                }
            }
        }
        return places;
    }

    private int place(int axis, int within, int window, int stride, int known) {
        int at = window * steps[axis] - before[axis] + within * gaps[axis];
        if (at >= sizes[axis] + after[axis]) {
            return BEYOND;
        }
        return known < 0 || at < 0 || at >= sizes[axis] ? PADDING : known + at * stride;
    }
}
