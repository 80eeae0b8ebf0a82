package dev.gatun.tests.reference;

import dev.gatun.tests.reference.RefStepLayer.Weights;
import java.util.ArrayList;
import java.util.List;

/** The equations of layers that make steps of steps: convolutions, poolings, and what repeats, adds or leaves out steps. */
public final class RefStepLayers {

    private RefStepLayers() {}

    /**
     * A window that moves along a sequence.
     *
     * @param size     how many steps it looks at
     * @param stride   how many it moves
     * @param dilation how many lie from one of its steps to the next
     * @param padding  Keras's word
     */
    public record Window(int size, int stride, int dilation, String padding) {

        int span() {
            return (size - 1) * dilation + 1;
        }

        int steps(int inputs) {
            return padding.equals("valid") ? (inputs - span()) / stride + 1 : (inputs + stride - 1) / stride;
        }

        /** The step that a tap of it reads, which may be none. */
        int source(int step, int tap, int inputs) {
            int whole = Math.max(0, (steps(inputs) - 1) * stride + span() - inputs);
            int before = switch (padding) {
                case "valid" -> 0;
                case "causal" -> span() - 1;
                default -> whole / 2;
            };
            return step * stride + tap * dilation - before;
        }
    }

    /** {@code y[t] = f(bias + sum over k and i of x[source(t,k), i] kernel[k,i,n])}, each group of columns by itself. */
    public static RefGraph.Node conv(String layer, Window window, int groups, RefActivation function) {
        return new RefStepLayer(layer, false, (tape, x, counts, weights) -> {
            int filters = weights.size("kernel", 2);
            int inputs = weights.size("kernel", 1);
            int[][] y = new int[window.steps(x.length)][filters];
            for (int t = 0; t < y.length; t++) {
                for (int n = 0; n < filters; n++) {
                    int group = n / (filters / groups);
                    int sum = weights.bias(n);
                    for (int k = 0; k < window.size; k++) {
                        int from = window.source(t, k, x.length);
                        for (int i = 0; from >= 0 && from < x.length && i < inputs; i++) {
                            sum = tape.timesPlus(x[from][group * inputs + i], weights.number("kernel", k, i, n), sum);
                        }
                    }
                    y[t][n] = tape.of(function, sum);
                }
            }
            return y;
        });
    }

    /** Each step adds its K steps, strides apart; of all that so many steps are cut off before, and so many are left. */
    public static RefGraph.Node transposed(
            String layer, Window window, int before, int steps, RefActivation function) {
        return new RefStepLayer(layer, false, (tape, x, counts, weights) -> {
            int filters = weights.size("kernel", 1);
            int[][] y = new int[steps][filters];
            for (int n = 0; n < filters; n++) {
                for (int t = 0; t < steps; t++) {
                    y[t][n] = weights.bias(n);
                }
                for (int from = 0; from < x.length; from++) {
                    for (int k = 0; k < window.size; k++) {
                        int to = from * window.stride + k * window.dilation - before;
                        for (int i = 0; to >= 0 && to < steps && i < x[from].length; i++) {
                            y[to][n] = tape.timesPlus(x[from][i], weights.number("kernel", k, n, i), y[to][n]);
                        }
                    }
                }
                for (int t = 0; t < steps; t++) {
                    y[t][n] = tape.of(function, y[t][n]);
                }
            }
            return y;
        });
    }

    /** Column {@code f M + m} reads feature f alone. */
    public static RefGraph.Node depthwise(String layer, Window window, RefActivation function) {
        return new RefStepLayer(layer, false, (tape, x, counts, weights) -> {
            int[][] y = singles(tape, x, weights, "kernel", window);
            for (int[] row : y) {
                for (int n = 0; n < row.length; n++) {
                    row[n] = tape.of(function, tape.plus(row[n], weights.bias(n)));
                }
            }
            return y;
        });
    }

    /** Single features, and then all of a step. */
    public static RefGraph.Node separable(String layer, Window window, RefActivation function) {
        return new RefStepLayer(layer, false, (tape, x, counts, weights) -> {
            int[][] features = singles(tape, x, weights, "depthwise_kernel", window);
            int[][] y = new int[features.length][weights.size("pointwise_kernel", 2)];
            for (int t = 0; t < y.length; t++) {
                for (int n = 0; n < y[t].length; n++) {
                    int sum = weights.bias(n);
                    for (int i = 0; i < features[t].length; i++) {
                        sum = tape.timesPlus(features[t][i], weights.number("pointwise_kernel", 0, i, n), sum);
                    }
                    y[t][n] = tape.of(function, sum);
                }
            }
            return y;
        });
    }

    private static int[][] singles(RefTape tape, int[][] x, Weights weights, String kernel, Window window) {
        int multiplier = weights.size(kernel, 2);
        int[][] y = new int[window.steps(x.length)][x[0].length * multiplier];
        for (int t = 0; t < y.length; t++) {
            for (int n = 0; n < y[t].length; n++) {
                y[t][n] = tape.given(0);
                for (int k = 0; k < window.size; k++) {
                    int from = window.source(t, k, x.length);
                    if (from >= 0 && from < x.length) {
                        y[t][n] = tape.timesPlus(x[from][n / multiplier],
                                weights.number(kernel, k, n / multiplier, n % multiplier), y[t][n]);
                    }
                }
            }
        }
        return y;
    }

    /** The mean, or the largest number, of what is there in a window. */
    public static RefGraph.Node pool(String layer, Window window, boolean means) {
        return new RefStepLayer(layer, false, (tape, x, counts, weights) -> {
            int[][] y = new int[window.steps(x.length)][];
            for (int t = 0; t < y.length; t++) {
                List<int[]> seen = new ArrayList<>();
                for (int k = 0; k < window.size; k++) {
                    int from = window.source(t, k, x.length);
                    if (from >= 0 && from < x.length) {
                        seen.add(x[from]);
                    }
                }
                y[t] = means ? mean(tape, seen, x[0].length) : largest(tape, seen);
            }
            return y;
        });
    }

    /** The same in so many windows of like sizes. */
    public static RefGraph.Node adaptive(String layer, int steps, boolean means) {
        return new RefStepLayer(layer, false, (tape, x, counts, weights) -> {
            int[][] y = new int[steps][];
            for (int t = 0; t < steps; t++) {
                int first = (int) Math.floor((double) t * x.length / steps);
                int end = (int) Math.ceil((t + 1.0) * x.length / steps);
                List<int[]> seen = List.of(x).subList(first, end);
                y[t] = means ? mean(tape, seen, x[0].length) : largest(tape, seen);
            }
            return y;
        });
    }

    /** The mean of the steps that count, or the largest number of all. */
    public static RefGraph.Node global(String layer, boolean means, boolean keepsDims) {
        return new RefStepLayer(layer, !keepsDims, (tape, x, counts, weights) -> {
            List<int[]> seen = new ArrayList<>();
            for (int t = 0; t < x.length; t++) {
                if (!means || counts == null || counts[t]) {
                    seen.add(x[t]);
                }
            }
            return new int[][] {means ? mean(tape, seen, x[0].length) : largest(tape, seen)};
        });
    }

    private static int[] mean(RefTape tape, List<int[]> rows, int width) {
        int[] mean = new int[width];
        for (int column = 0; column < width; column++) {
            int sum = tape.given(0);
            for (int[] row : rows) {
                sum = tape.plus(sum, row[column]);
            }
            mean[column] = tape.times(sum, tape.given(1.0 / rows.size()));
        }
        return mean;
    }

    private static int[] largest(RefTape tape, List<int[]> rows) {
        int[] largest = rows.getFirst().clone();
        for (int[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                boolean isLarger = tape.value(row[column]) > tape.value(largest[column])
                        || Double.isNaN(tape.value(row[column]));
                largest[column] = isLarger ? row[column] : largest[column];
            }
        }
        return largest;
    }

    /** Each step so often, with steps of zeros before and behind; less than none leaves steps out. */
    public static RefGraph.Node moved(String layer, int times, int before, int behind) {
        return new RefStepLayer(layer, false, (tape, x, counts, weights) -> {
            List<int[]> steps = new ArrayList<>();
            for (int t = -Math.max(0, before); t < x.length * times + Math.max(0, behind); t++) {
                steps.add(t < 0 || t >= x.length * times ? zeros(tape, x[0].length) : x[t / times]);
            }
            return steps.subList(Math.max(0, -before), steps.size() - Math.max(0, -behind)).toArray(int[][]::new);
        });
    }

    private static int[] zeros(RefTape tape, int width) {
        return tape.given(new double[width]);
    }
}
