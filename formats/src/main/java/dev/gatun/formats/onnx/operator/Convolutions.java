package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Convolutions along any number of axes, in groups of channels. */
final class Convolutions {

    private static final String[] ATTRIBUTES = {"auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"};

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Conv").slow().inputs(2, 3).with(ATTRIBUTES)
                    .checked((node, constants) -> KernelWindows.requirePadding(node)).makes(Convolutions::convolved),
            Operator.of("ConvTranspose").slow().inputs(2, 3)
                    .with("auto_pad", "dilations", "group", "kernel_shape", "pads",
                            "strides", "output_padding", "output_shape")
                    .checked((node, constants) -> KernelWindows.requirePadding(node)).makes(Convolutions::transposed));

    private Convolutions() {}

    /**
     * What both have: samples, channels and groups.
     *
     * @param x       [N, C, sizes...]
     * @param w       of a convolution [M, C / groups, kernel...], of a transposed one [C, M / groups, kernel...]
     * @param bias    [M] or null
     * @param groups  of channels
     * @param inGroup channels of the input in a group
     * @param outs    channels of the output in a group
     */
    private record Shapes(NumberArray x, NumberArray w, NumberArray bias, int groups, int inGroup, int outs) {

        static Shapes of(OperatorCall call, boolean isTransposed) {
            NumberArray x = call.input(0);
            NumberArray w = call.input(1);
            long groups = call.node().whole("group", 1);
            Storage.requireSameType(x, w);
            if (x.rank() < 3 || w.rank() != x.rank() || groups < 1 || groups > x.size(1) || x.size(1) % groups != 0
                    || w.size(0) % groups != 0
                    || (isTransposed ? w.size(0) != x.size(1) : w.size(1) != x.size(1) / groups)) {
                throw new IllegalArgumentException("its input is " + x + " and its weights are " + w + " in " + groups
                        + " groups, which do not fit");
            }
            int outs = isTransposed ? w.size(1) : (int) (w.size(0) / groups);
            NumberArray bias = call.optional(2);
            if (bias != null && bias.count() != outs * groups) {
                throw new IllegalArgumentException("its bias is " + bias + ", expected " + outs * groups + " numbers");
            }
            int[] kernel = Arrays.copyOfRange(w.shape(), 2, w.rank());
            long[] told = call.node().wholes("kernel_shape");
            if (told != null && !Arrays.equals(told, Arrays.stream(kernel).asLongStream().toArray())) {
                throw new IllegalArgumentException("its kernel_shape is " + Arrays.toString(told)
                        + " and its weights are " + w);
            }
            return new Shapes(x, w, bias, (int) groups, (int) (x.size(1) / groups), outs);
        }

        int[] sizes() {
            return Arrays.copyOfRange(x.shape(), 2, x.rank());
        }

        int[] kernel() {
            return Arrays.copyOfRange(w.shape(), 2, w.rank());
        }

        /** Made of numbers [N, M, ...] without the bias. */
        NumberArray withBias(double[] made, int[] sizes) {
            int channel = Strides.product(sizes, 0, sizes.length);
            for (int i = 0; bias != null && i < made.length; i++) {
                made[i] += bias.number(i / channel % (outs * groups));
            }
            int[] shape = IntStream.concat(IntStream.of(x.size(0), outs * groups), Arrays.stream(sizes)).toArray();
            return Storage.rounded(x.type(), shape, made);
        }
    }

    private static NumberArray convolved(OperatorCall call) {
        Shapes shapes = Shapes.of(call, false);
        KernelWindows windows = KernelWindows.of(call.node(), shapes.sizes(), shapes.kernel());
        int count = windows.count();
        int kernel = windows.kernelCount();
        int[] places = windows.places();
        int channel = Strides.product(shapes.sizes(), 0, shapes.sizes().length);
        int rows = shapes.inGroup * kernel;
        double[] made = new double[Storage.count(shapes.x.size(0), shapes.outs * shapes.groups, count)];
        int[] from = new int[Storage.count(rows, count)];
        for (int block = 0; block < shapes.x.size(0) * shapes.groups; block++) {
            for (int i = 0; i < from.length; i++) {
                int place = places[i % places.length];
                from[i] = place < 0 ? -1 : (block * shapes.inGroup + i / places.length) * channel + place;
            }
            NumberArray columns = Storage.picked(shapes.x, new int[] {rows, count}, from);
            int group = block % shapes.groups;
            Products.product(new Products.Factor(shapes.w, group * shapes.outs * rows), new Products.Factor(columns, 0),
                    shapes.outs, rows, count, made, block * shapes.outs * count);
        }
        return shapes.withBias(made, windows.counts());
    }

    /** The way back of a convolution: each number of the input is spread over the window it would be made of. */
    private static NumberArray transposed(OperatorCall call) {
        Shapes shapes = Shapes.of(call, true);
        KernelWindows windows = TransposedWindows.of(call.node(), shapes.sizes(), shapes.kernel());
        int[] places = windows.places();
        int count = windows.count();
        int kernel = windows.kernelCount();
        int channel = Strides.product(windows.sizes(), 0, windows.sizes().length);
        double[] made = new double[Storage.count(shapes.x.size(0), shapes.outs * shapes.groups, channel)];
        for (int in = 0; in < shapes.x.size(0) * shapes.x.size(1); in++) {
            int inChannel = in % shapes.x.size(1);
            int first = in / shapes.x.size(1) * shapes.groups + inChannel / shapes.inGroup;
            for (int out = 0; out < shapes.outs; out++) {
                int target = (first * shapes.outs + out) * channel;
                int weights = (inChannel * shapes.outs + out) * kernel;
                for (int i = 0; i < places.length; i++) {
                    if (places[i] >= 0) {
                        made[target + places[i]] += shapes.w.number(weights + i / count)
                                * shapes.x.number(in * count + i % count);
                    }
                }
            }
        }
        return shapes.withBias(made, windows.sizes());
    }
}
