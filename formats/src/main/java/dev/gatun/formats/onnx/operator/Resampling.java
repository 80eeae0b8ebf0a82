package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.Arrays;
import java.util.List;

/**
 * What each number along an axis is made of: places on the axis before, each with its weight. Places are computed in float32, as
 * ONNX Runtime does, since ties are decided by the last bit.
 *
 * @param axis    its sizes
 * @param places  of each number of the result those that it is made of, inside the axis
 * @param weights of each place; null if it is one place whose number is taken as it is
 */
record Resampling(Resampling.Axis axis, int[][] places, double[][] weights) {

    private static final List<String> MODES = List.of("nearest", "linear", "cubic");
    private static final List<String> PLACES = List.of("half_pixel", "half_pixel_symmetric", "pytorch_half_pixel",
            "align_corners", "asymmetric", "tf_half_pixel_for_nn", "tf_crop_and_resize");
    private static final List<String> ROUNDINGS = List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
    /** Before version 11 places were the simplest there are. */
    private static final int WITH_PLACES = 11;

    /** @throws IllegalArgumentException if a word is none that is known */
    static void check(ParsedNode node) {
        require(node, "mode", "nearest", MODES);
        require(node, "coordinate_transformation_mode", "half_pixel", PLACES);
        require(node, "nearest_mode", "round_prefer_floor", ROUNDINGS);
    }

    private static void require(ParsedNode node, String attribute, String otherwise, List<String> known) {
        String word = node.text(attribute, otherwise);
        if (!known.contains(word) && !(attribute.equals("mode") && word.equals("bilinear"))) {
            throw new IllegalArgumentException("its attribute '" + attribute + "' is '" + word + "', expected one of "
                    + known);
        }
    }

    /**
     * An axis that is made longer or shorter.
     *
     * @param size  before
     * @param made  behind
     * @param scale of the sizes, as the node says it
     * @param start where a crop begins, as a share of the size
     * @param end   where it ends
     */
    record Axis(int size, int made, float scale, float start, float end) {

        boolean changes() {
            return size != made || scale != 1;
        }

        /** Where a number of the result stands on the axis before. */
        float place(String mode, int at) {
            return switch (mode) {
                case "asymmetric" -> at / scale;
                case "pytorch_half_pixel" -> made > 1 ? (at + 0.5f) / scale - 0.5f : 0;
                case "tf_half_pixel_for_nn" -> (at + 0.5f) / scale;
                case "align_corners" -> made == 1 ? 0 : (float) at * (size - 1) / (made - 1);
                case "half_pixel_symmetric" -> {
                    float center = size / 2f;
                    float adjusted = center * (1 - made / (scale * size));
                    yield adjusted + (at + 0.5f) / scale - 0.5f;
                }
                case "tf_crop_and_resize" -> made > 1
                        ? start * (size - 1) + at * (end - start) * (size - 1) / (made - 1)
                        : 0.5f * (start + end) * (size - 1);
                default -> (at + 0.5f) / scale - 0.5f;
            };
        }
    }

    static Resampling of(OperatorCall call, Axis axis) {
        ParsedNode node = call.node();
        boolean isOld = call.opset() < WITH_PLACES;
        String places = isOld ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
        String mode = node.text("mode", "nearest");
        if (axis.size == 0 && axis.made > 0) {
            throw new IllegalArgumentException("it makes " + axis.made + " numbers of none along an axis");
        }
        int[][] from = new int[axis.made][];
        double[][] weights = mode.equals("nearest") ? null : new double[axis.made][];
        boolean widens = node.whole("antialias", 0) != 0 && axis.scale < 1;
        Kernel kernel = new Kernel(mode.equals("cubic"), node.real("cubic_coeff_a", -0.75f), widens ? axis.scale : 1,
                node.whole("exclude_outside", 0) != 0);
        for (int at = 0; at < axis.made; at++) {
            float place = axis.place(places, at);
            if (weights == null) {
                int near = isOld
                        ? simple(place, axis.scale)
                        : rounded(place, node.text("nearest_mode", ROUNDINGS.get(0)));
                from[at] = new int[] {Math.clamp(near, 0, axis.size - 1)};
            } else {
                kernel.spread(place, axis.size, from, weights, at);
            }
        }
        return new Resampling(axis, from, weights);
    }

    private static int simple(float place, float scale) {
        return (int) (scale < 1 ? Math.ceil(place) : place);
    }

    private static int rounded(float place, String by) {
        return switch (by) {
            case "floor" -> (int) Math.floor(place);
            case "ceil" -> (int) Math.ceil(place);
            case "round_prefer_ceil" -> (int) Math.floor(place + 0.5);
            default -> (int) Math.ceil(place - 0.5);
        };
    }

    /**
     * How far a number reaches, and how much.
     *
     * @param isCubic  four neighbours, else two
     * @param a        of the cubic polynomials
     * @param scale    below 1 if it is made wider so that nothing between is left out
     * @param excludes whether what stands outside of the axis is left out; else the last number is repeated there
     */
    private record Kernel(boolean isCubic, double a, double scale, boolean excludes) {

        void spread(float place, int size, int[][] places, double[][] weights, int at) {
            int reach = isCubic ? 2 : 1;
            int first = (int) Math.floor(place) + (int) Math.floor(-reach / scale) + 1;
            int count = 2 * reach - 2 * ((int) Math.floor(-reach / scale) + reach);
            int[] from = new int[count];
            double[] by = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                boolean isOutside = first + i < 0 || first + i >= size;
                from[i] = Math.clamp(first + i, 0, size - 1);
                by[i] = isOutside && excludes ? 0 : weight(Math.abs(first + i - (double) place) * scale);
                sum += by[i];
            }
            boolean isShared = excludes || scale < 1;
            for (int i = 0; i < count && isShared; i++) {
                by[i] /= sum;
            }
            places[at] = from;
            weights[at] = by;
        }

        private double weight(double far) {
            if (!isCubic) {
                return Math.max(0, 1 - far);
            }
            return far <= 1
                    ? ((a + 2) * far - (a + 3)) * far * far + 1
                    : far < 2 ? ((a * far - 5 * a) * far + 8 * a) * far - 4 * a : 0;
        }
    }

    NumberArray resized(NumberArray x, int along) {
        int[] shape = x.shape();
        int inner = Strides.product(shape, along + 1, shape.length);
        int outer = Strides.product(shape, 0, along);
        shape[along] = axis.made;
        int count = Storage.count(shape);
        if (weights == null) {
            Object made = Storage.of(x.type(), count);
            for (int block = 0; block < outer * axis.made && inner > 0; block++) {
                int from = block / axis.made * axis.size + places[block % axis.made][0];
                System.arraycopy(x.numbers(), from * inner, made, block * inner, inner);
            }
            return Storage.value(x.type(), shape, made);
        }
        double[] made = new double[count];
        for (int i = 0; i < count; i++) {
            int at = i / inner % axis.made;
            int start = i / inner / axis.made * axis.size;
            for (int k = 0; k < places[at].length; k++) {
                made[i] += weights[at][k] * x.number((start + places[at][k]) * inner + i % inner);
            }
        }
        return Storage.rounded(x.type(), shape, made);
    }

    /** Of a crop that goes beyond the tensor: a number stands there that the node says. */
    static NumberArray withOutside(
            OperatorCall call, NumberArray made, int[] axes, NumberArray x, float[] factors, int... targets) {
        int[] shape = made.shape();
        double[] numbers = Storage.doubles(made).clone();
        for (int i = 0; i < axes.length; i++) {
            Axis axis = new Axis(x.size(axes[i]), targets[i], factors[i], ResizeOperator.roi(call, axes.length, i),
                    ResizeOperator.roi(call, axes.length, axes.length + i));
            int inner = Strides.product(shape, axes[i] + 1, shape.length);
            for (int at = 0; at < axis.made && axis.changes(); at++) {
                float place = axis.place("tf_crop_and_resize", at);
                if (place < 0 || place > axis.size - 1) {
                    for (int block = at; block < numbers.length / inner; block += axis.made) {
                        Arrays.fill(numbers, block * inner, (block + 1) * inner,
                                call.node().real("extrapolation_value", 0));
                    }
                }
            }
        }
        return Storage.rounded(made.type(), shape, numbers);
    }
}
