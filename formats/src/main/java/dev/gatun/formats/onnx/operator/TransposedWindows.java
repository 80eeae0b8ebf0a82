package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.Arrays;

/** The windows of a transposed convolution lie on its output, as many as its input has numbers. */
final class TransposedWindows {

    private TransposedWindows() {}

    static KernelWindows of(ParsedNode node, int[] counts, int[] kernel) {
        int rank = counts.length;
        int[] steps = KernelWindows.list(node, "strides", rank, 1, 1);
        int[] gaps = KernelWindows.list(node, "dilations", rank, 1, 1);
        int[] more = KernelWindows.list(node, "output_padding", rank, 0, 0);
        int[] pads = KernelWindows.list(node, "pads", 2 * rank, 0, 0);
        int[] before = Arrays.copyOf(pads, rank);
        int[] after = Arrays.copyOfRange(pads, rank, 2 * rank);
        String auto = node.text("auto_pad", "NOTSET");
        long[] wanted = node.wholes("output_shape");
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            long whole = (long) steps[axis] * (counts[axis] - 1) + more[axis] + (kernel[axis] - 1L) * gaps[axis] + 1;
            boolean isSame = auto.startsWith("SAME_");
            if (wanted != null || isSame) {
                // ONNX Runtime adds nothing where the windows do not reach as far as "same" goes.
                long size = wanted == null
                        ? Math.min(whole, (long) counts[axis] * steps[axis])
                        : wanted[wanted.length - rank + axis];
                int total = Math.toIntExact(Math.max(0, whole - size));
                before[axis] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                after[axis] = total - before[axis];
                sizes[axis] = Math.toIntExact(size);
                continue;
            }
            sizes[axis] = Reshaping.sizes(whole - before[axis] - after[axis])[0];
        }
        return new KernelWindows(sizes, kernel, steps, gaps, before, after, counts);
    }
}
