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
            if (!x.type().isFloating()) {
                throw new IllegalArgumentException("its input is " + x + ", expected floating numbers");
            }
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

        /** Made of numbers [N, M, ...] without the bias; in place. */
        NumberArray withBias(Object made, int[] sizes) {
            int channel = Strides.product(sizes, 0, sizes.length);
            for (int row = 0; bias != null && row < x.size(0) * outs * groups; row++) {
                double more = bias.number(row % (outs * groups));
                for (int i = row * channel; i < (row + 1) * channel; i++) {
                    if (made instanceof float[] floats) {
                        floats[i] += (float) more;
                    } else {
                        ((double[]) made)[i] += more;
                    }
                }
            }
            int[] shape = IntStream.concat(IntStream.of(x.size(0), outs * groups), Arrays.stream(sizes)).toArray();
            return Storage.fitted(x.type(), shape, made);
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
        Object made = Storage.of(shapes.x.type(), Storage.count(shapes.x.size(0), shapes.outs * shapes.groups, count));
        boolean isWhole = windows.areSingle();
        Object columns = isWhole ? shapes.x.numbers() : Storage.of(shapes.x.type(), Storage.count(rows, count));
        MatrixProduct product = new MatrixProduct(shapes.outs, rows, count);
        for (int block = 0; block < shapes.x.size(0) * shapes.groups; block++) {
            int first = block * shapes.inGroup * channel;
            for (int row = 0; row < shapes.inGroup && !isWhole; row++) {
                read(shapes.x.numbers(), first + row * channel, places, columns, row * places.length);
            }
            int group = block % shapes.groups;
            product.write(shapes.w.numbers(), group * shapes.outs * rows, columns, isWhole ? first : 0, made,
                    block * shapes.outs * count);
        }
        return shapes.withBias(made, windows.counts());
    }

    /** Of one channel what each window sees; zeros where there is nothing. */
    private static void read(Object x, int start, int[] places, Object into, int target) {
        if (x instanceof float[] floats) {
            for (int i = 0; i < places.length; i++) {
                ((float[]) into)[target + i] = places[i] < 0 ? 0 : floats[start + places[i]];
            }
        } else {
            for (int i = 0; i < places.length; i++) {
                ((double[]) into)[target + i] = places[i] < 0 ? 0 : ((double[]) x)[start + places[i]];
            }
        }
    }

    /** The way back of a convolution: each number of the input is spread over the window it would be made of. */
    private static NumberArray transposed(OperatorCall call) {
        Shapes shapes = Shapes.of(call, true);
        KernelWindows windows = TransposedWindows.of(call.node(), shapes.sizes(), shapes.kernel());
        int[] places = windows.places();
        int count = windows.count();
        int kernel = windows.kernelCount();
        int channel = Strides.product(windows.sizes(), 0, windows.sizes().length);
        int rows = shapes.outs * kernel;
        Object made = Storage.of(shapes.x.type(),
                Storage.count(shapes.x.size(0), shapes.outs * shapes.groups, channel));
        // Each group of weights [inGroup, outs * kernel] the other way round, once.
        NumberArray turned = Movement.transposed(shapes.w.in(shapes.groups, shapes.inGroup, rows), 0, 2, 1);
        MatrixProduct product = new MatrixProduct(rows, shapes.inGroup, count);
        for (int block = 0; block < shapes.x.size(0) * shapes.groups; block++) {
            Object spread = Storage.of(shapes.x.type(), Storage.count(rows, count));
            product.write(turned.numbers(), block % shapes.groups * rows * shapes.inGroup, shapes.x.numbers(),
                    block * shapes.inGroup * count, spread, 0);
            for (int out = 0; out < shapes.outs; out++) {
                add(spread, out * places.length, places, made, (block * shapes.outs + out) * channel);
            }
        }
        return shapes.withBias(made, windows.sizes());
    }

    private static void add(Object spread, int start, int[] places, Object into, int target) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0 && spread instanceof float[] floats) {
                ((float[]) into)[target + places[i]] += floats[start + i];
            } else if (places[i] >= 0) {
                ((double[]) into)[target + places[i]] += ((double[]) spread)[start + i];
            }
        }
    }
}
