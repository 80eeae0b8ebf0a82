package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What is made of mean 0 and variance 1, and what a training would have left out. */
final class Normalizations {

    private static final float SMALL = 1e-5f;
    private static final int OF_CHANNELS = 21;
    private static final int TELLING_DROPOUT = 12;
    private static final int BOOLEAN_DROPOUT = 10;

    static final List<Operator> OPERATORS = List.of(
            Operator.of("BatchNormalization").inputs(5).with("epsilon", "momentum", "spatial", "training_mode")
                    .checked((node, constants) -> requirePrediction(node)).makes(Normalizations::batch),
            Operator.of("LayerNormalization").from(17).inputs(2, 3).with("axis", "epsilon", "stash_type")
                    .makesAll(Normalizations::layer),
            Operator.of("RMSNormalization").from(23).inputs(2).with("axis", "epsilon", "stash_type")
                    .makes(Normalizations::rootMeanSquare),
            Operator.of("InstanceNormalization").inputs(3).with("epsilon")
                    .makes(call -> grouped(call, call.input(0).size(1))),
            Operator.of("GroupNormalization").from(18).inputs(3).with("epsilon", "num_groups", "stash_type")
                    .makes(call -> grouped(call, call.node().whole("num_groups", 0))),
            Operator.of("MeanVarianceNormalization").from(9).with("axes").makes(Normalizations::meanVariance),
            Operator.of("LpNormalization").with("axis", "p").makes(Normalizations::unit),
            Operator.of("Dropout").inputs(1, 3).with("ratio", "seed").makesAll(Normalizations::dropout));

    private Normalizations() {}

    private static void requirePrediction(ParsedNode node) {
        boolean hasStatistics = IntStream.range(1, node.outputs().size()).anyMatch(i -> !node.output(i).isEmpty());
        if (node.whole("training_mode", 0) != 0 || node.whole("spatial", 1) == 0 || hasStatistics) {
            throw new IllegalArgumentException("it is written for training (training_mode, statistics as outputs) or"
                    + " without channels (spatial=0); export the model for predictions");
        }
    }

    private static NumberArray batch(OperatorCall call) {
        NumberArray x = call.input(0);
        double epsilon = call.node().real("epsilon", SMALL);
        int channels = x.rank() < 2 ? 1 : x.size(1);
        int inner = x.rank() < 2 ? 1 : Strides.product(x.shape(), 2, x.rank());
        double[] factors = new double[channels];
        double[] terms = new double[channels];
        for (int i = 1; i <= 4; i++) {
            requireCount(call.input(i), channels);
        }
        for (int channel = 0; channel < channels; channel++) {
            factors[channel] = call.input(1).number(channel) / Math.sqrt(call.input(4).number(channel) + epsilon);
            terms[channel] = call.input(2).number(channel) - call.input(3).number(channel) * factors[channel];
        }
        double[] made = new double[x.count()];
        for (int i = 0; i < made.length; i++) {
            int channel = i / inner % channels;
            made[i] = x.number(i) * factors[channel] + terms[channel];
        }
        return Storage.rounded(x.type(), x.shape(), made);
    }

    private static void requireCount(NumberArray array, int count) {
        if (array.count() != count) {
            throw new IllegalArgumentException("it has " + array + ", expected a number for each of " + count);
        }
    }

    /** From an axis on, all of it; the mean and one over the deviation if they are asked for. */
    private static List<NumberArray> layer(OperatorCall call) {
        NumberArray x = call.input(0);
        double epsilon = call.node().real("epsilon", SMALL);
        int axis = OperatorCall.axis(call.node().whole("axis", -1), x.rank());
        NumberArray scale = scale(x, call.input(1), axis);
        NumberArray bias = call.optional(2) == null ? null : scale(x, call.input(2), axis);
        int length = Strides.product(x.shape(), axis, x.rank());
        int[] shape = x.shape();
        Arrays.fill(shape, axis, x.rank(), 1);
        double[] numbers = Storage.doubles(x);
        double[] factorsOfScale = Storage.doubles(scale);
        double[] termsOfBias = bias == null ? null : Storage.doubles(bias);
        double[] made = new double[x.count()];
        double[] means = new double[NumberArray.count(shape)];
        double[] factors = new double[means.length];
        for (int row = 0; row < means.length; row++) {
            Moments moments = Moments.of(numbers, row * length, length, epsilon);
            means[row] = moments.mean;
            factors[row] = moments.factor;
            for (int i = 0; i < length; i++) {
                made[row * length + i] = moments.of(numbers[row * length + i])
                        * factorsOfScale[factorsOfScale.length == length ? i : row * length + i]
                        + (bias == null ? 0 : termsOfBias[termsOfBias.length == length ? i : row * length + i]);
            }
        }
        NumberType statistics = x.type() == NumberType.FLOAT64 ? NumberType.FLOAT64 : NumberType.FLOAT32;
        return List.of(Storage.rounded(x.type(), x.shape(), made), Storage.rounded(statistics, shape, means),
                Storage.rounded(statistics, shape, factors));
    }

    /** For each number of a row or, if it has more axes than a row, for each of the tensor. */
    private static NumberArray scale(NumberArray x, NumberArray scale, int axis) {
        return Broadcast.to(scale, Arrays.copyOfRange(x.shape(), scale.rank() > x.rank() - axis ? 0 : axis, x.rank()));
    }

    /** Mean and one over the deviation of a row. */
    private record Moments(double mean, double factor) {

        static Moments of(double[] x, int start, int length, double epsilon) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += x[start + i];
            }
            double mean = sum / length;
            double squares = 0;
            for (int i = 0; i < length; i++) {
                squares += (x[start + i] - mean) * (x[start + i] - mean);
            }
            return new Moments(mean, 1 / Math.sqrt(squares / length + epsilon));
        }

        double of(double number) {
            return (number - mean) * factor;
        }
    }

    private static NumberArray rootMeanSquare(OperatorCall call) {
        NumberArray x = call.input(0);
        double epsilon = call.node().real("epsilon", SMALL);
        int axis = OperatorCall.axis(call.node().whole("axis", -1), x.rank());
        NumberArray scale = scale(x, call.input(1), axis);
        int length = Strides.product(x.shape(), axis, x.rank());
        double[] made = new double[x.count()];
        for (int start = 0; start < made.length; start += length) {
            double squares = 0;
            for (int i = start; i < start + length; i++) {
                squares += x.number(i) * x.number(i);
            }
            double factor = 1 / Math.sqrt(squares / length + epsilon);
            for (int i = start; i < start + length; i++) {
                made[i] = x.number(i) * factor * scale.number(scale.count() == length ? i - start : i);
            }
        }
        return Storage.rounded(x.type(), x.shape(), made);
    }

    /** Channels in groups, each group of a sample by itself; scale and bias for each channel, before version 21 each group. */
    private static NumberArray grouped(OperatorCall call, long given) {
        NumberArray x = call.input(0);
        if (x.rank() < 2 || given < 1 || given > x.size(1) || x.size(1) % given != 0) {
            throw new IllegalArgumentException("it has " + given + " groups of the channels of " + x);
        }
        int groups = (int) given;
        int channels = x.size(1);
        double epsilon = call.node().real("epsilon", SMALL);
        int inner = Strides.product(x.shape(), 2, x.rank());
        int length = channels / groups * inner;
        boolean isOfGroups = call.node().operator().equals("GroupNormalization") && call.opset() < OF_CHANNELS;
        int count = isOfGroups ? groups : channels;
        requireCount(call.input(1), count);
        requireCount(call.input(2), count);
        double[] numbers = Storage.doubles(x);
        double[] scale = Storage.doubles(call.input(1));
        double[] bias = Storage.doubles(call.input(2));
        double[] made = new double[x.count()];
        for (int row = 0; row < x.size(0) * groups; row++) {
            Moments moments = Moments.of(numbers, row * length, length, epsilon);
            for (int i = row * length; i < (row + 1) * length; i++) {
                int at = isOfGroups ? row % groups : i / inner % channels;
                made[i] = moments.of(numbers[i]) * scale[at] + bias[at];
            }
        }
        return Storage.rounded(x.type(), x.shape(), made);
    }

    private static NumberArray meanVariance(OperatorCall call) {
        NumberArray x = call.input(0);
        long[] axes = call.node().has("axes") ? call.node().wholes("axes") : new long[] {0, 2, 3};
        AxisRows rows = AxisRows.of(x, OperatorCall.axes(axes, x.rank()));
        double[] made = new double[x.count()];
        double[] row = new double[rows.length()];
        for (int index = 0; index < rows.count(); index++) {
            rows.read(x, index, row);
            double mean = ReduceOperators.mean(row);
            double squares = 0;
            for (double number : row) {
                squares += (number - mean) * (number - mean);
            }
            double deviation = Math.sqrt(squares / row.length) + 1e-9;
            for (int i = 0; i < row.length; i++) {
                row[i] = (row[i] - mean) / deviation;
            }
            rows.write(row, index, made);
        }
        return Storage.rounded(x.type(), x.shape(), made);
    }

    private static NumberArray unit(OperatorCall call) {
        NumberArray x = call.input(0);
        boolean isEuclidean = call.node().whole("p", 2) == 2;
        AxisRows rows = AxisRows.of(x, OperatorCall.axis(call.node().whole("axis", -1), x.rank()));
        double[] made = new double[x.count()];
        double[] row = new double[rows.length()];
        for (int index = 0; index < rows.count(); index++) {
            rows.read(x, index, row);
            double norm = 0;
            for (double number : row) {
                norm += isEuclidean ? number * number : Math.abs(number);
            }
            norm = isEuclidean ? Math.sqrt(norm) : norm;
            for (int i = 0; i < row.length; i++) {
                row[i] = norm == 0 ? 0 : row[i] / norm;
            }
            rows.write(row, index, made);
        }
        return Storage.rounded(x.type(), x.shape(), made);
    }

    /** In predictions everything is kept; the mask says so since version 12, before that ONNX Runtime's is false, and before 10 of x's type. */
    private static List<NumberArray> dropout(OperatorCall call) {
        NumberArray x = call.input(0);
        if (call.optional(2) != null && call.input(2).number(0) != 0) {
            throw new IllegalArgumentException("it is told to train, which needs random numbers; export the model for"
                    + " predictions");
        }
        if (!call.makes(1)) {
            return List.of(x);
        }
        if (call.opset() < BOOLEAN_DROPOUT) {
            return List.of(x, Storage.value(x.type(), x.shape(), Storage.of(x.type(), x.count())));
        }
        boolean[] kept = new boolean[x.count()];
        Arrays.fill(kept, call.opset() >= TELLING_DROPOUT);
        return List.of(x, NumberArray.booleans(x.shape(), kept));
    }
}
