package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The largest or the mean of windows, or of everything that a channel has. */
final class Pooling {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("MaxPool").slow()
                    .with("auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order",
                            "strides")
                    .checked((node, constants) -> KernelWindows.requirePadding(node)).makesAll(Pooling::largest),
            Operator.of("AveragePool").slow()
                    .with("auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape",
                            "pads", "strides")
                    .checked((node, constants) -> KernelWindows.requirePadding(node))
                    .makes(Pooling::mean),
            Operator.of("LpPool").slow()
                    .with("auto_pad", "ceil_mode", "dilations", "kernel_shape", "p", "pads", "strides")
                    .checked((node, constants) -> KernelWindows.requirePadding(node))
                    .makes(call -> overWindows(call, power(call), false)),
            Operator.of("GlobalLpPool").with("p").makes(call -> whole(call.input(0), power(call))),
            Operator.of("GlobalAveragePool").makes(call -> whole(call.input(0), ReduceOperators::mean)),
            Operator.of("GlobalMaxPool").makes(call -> whole(call.input(0),
                    row -> Arrays.stream(row).reduce(Double.NEGATIVE_INFINITY, Math::max))));

    private Pooling() {}

    private static KernelWindows windows(OperatorCall call) {
        NumberArray x = call.input(0);
        long[] kernel = call.node().wholes("kernel_shape");
        if (x.rank() < 3 || kernel == null || kernel.length != x.rank() - 2) {
            throw new IllegalArgumentException("its input is " + x + " and its kernel_shape "
                    + Arrays.toString(kernel) + ", expected a size for each axis but the first two");
        }
        int[] sizes = Arrays.copyOfRange(x.shape(), 2, x.rank());
        return KernelWindows.of(call.node(), sizes,
                KernelWindows.list(call.node(), "kernel_shape", sizes.length, 1, 1));
    }

    private static int[] shape(NumberArray x, KernelWindows windows) {
        return IntStream.concat(IntStream.of(x.size(0), x.size(1)), Arrays.stream(windows.counts())).toArray();
    }

    /** And where they stand, row-major or, if {@code storage_order} says so, the other way. */
    private static List<NumberArray> largest(OperatorCall call) {
        NumberArray x = call.input(0);
        KernelWindows windows = windows(call);
        int[] places = windows.places();
        int count = windows.count();
        int channel = Strides.product(windows.sizes(), 0, windows.sizes().length);
        int[] shape = shape(x, windows);
        int[] from = new int[Storage.count(shape)];
        for (int i = 0; i < from.length; i++) {
            int start = i / count * channel;
            int best = -1;
            for (int at = i % count; at < places.length; at += count) {
                int place = places[at];
                if (place >= 0 && (best < 0 || x.number(start + place) > x.number(best))) {
                    best = start + place;
                }
            }
            if (best < 0) {
                throw new IllegalArgumentException("a window of it lies in the padding alone");
            }
            from[i] = best;
        }
        NumberArray made = Storage.picked(x, shape, from);
        return call.makes(1) ? List.of(made, places(call, from, shape, windows.sizes())) : List.of(made);
    }

    private static NumberArray places(OperatorCall call, int[] from, int[] shape, int[] sizes) {
        boolean isColumnMajor = call.node().whole("storage_order", 0) != 0;
        int channel = Strides.product(sizes, 0, sizes.length);
        int[] strides = Strides.of(sizes);
        long[] made = new long[from.length];
        for (int i = 0; i < from.length; i++) {
            made[i] = from[i];
            if (isColumnMajor) {
                int within = from[i] % channel;
                made[i] -= within;
                int stride = 1;
                for (int axis = 0; axis < sizes.length; axis++) {
                    made[i] += (long) within / strides[axis] % sizes[axis] * stride;
                    stride *= sizes[axis];
                }
            }
        }
        return ReduceOperators.counts(shape, made);
    }

    private static NumberArray mean(OperatorCall call) {
        return overWindows(call, ReduceOperators::mean, call.node().whole("count_include_pad", 0) != 0);
    }

    /** A root of the sum of powers. */
    private static ToDoubleFunction<double[]> power(OperatorCall call) {
        double p = call.node().whole("p", 2);
        return row -> {
            double sum = 0;
            for (double number : row) {
                sum += Math.pow(Math.abs(number), p);
            }
            return Math.pow(sum, 1 / p);
        };
    }

    /** @param countsPadding whether what is added at the ends counts, as zeros */
    private static NumberArray overWindows(
            OperatorCall call, ToDoubleFunction<double[]> function, boolean countsPadding) {
        NumberArray x = call.input(0);
        KernelWindows windows = windows(call);
        int[] places = windows.places();
        int count = windows.count();
        int channel = Strides.product(windows.sizes(), 0, windows.sizes().length);
        int[] shape = shape(x, windows);
        double[] made = new double[Storage.count(shape)];
        double[] row = new double[windows.kernelCount()];
        for (int i = 0; i < made.length; i++) {
            int start = i / count * channel;
            int numbers = 0;
            for (int at = i % count; at < places.length; at += count) {
                if (places[at] >= 0 || countsPadding && places[at] == KernelWindows.PADDING) {
                    row[numbers++] = places[at] >= 0 ? x.number(start + places[at]) : 0;
                }
            }
            made[i] = function.applyAsDouble(numbers == row.length ? row : Arrays.copyOf(row, numbers));
        }
        return Storage.rounded(x.type(), shape, made);
    }

    private static NumberArray whole(NumberArray x, ToDoubleFunction<double[]> function) {
        if (x.rank() < 2) {
            throw new IllegalArgumentException("its input is " + x + ", expected [N, C, ...]");
        }
        AxisRows rows = AxisRows.of(x, IntStream.range(2, x.rank()).toArray());
        double[] made = new double[rows.count()];
        double[] row = new double[rows.length()];
        for (int i = 0; i < made.length; i++) {
            rows.read(x, i, row);
            made[i] = function.applyAsDouble(row);
        }
        int[] shape = x.shape();
        Arrays.fill(shape, 2, shape.length, 1);
        return Storage.rounded(x.type(), shape, made);
    }
}
