package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** ONNX's GRU and RNN, opset 14, layout 0, of one direction, as the specification writes them. */
final class OnnxOneState {

    private final RefTensor x;
    private final RefTensor w;
    private final RefTensor r;
    private final RefTensor b;
    private final int units;
    private final int columns;
    private final DoubleUnaryOperator[] functions;
    private final boolean linearBeforeReset;

    private OnnxOneState(int gates, int functions, List<RefTensor> reads, OnnxAttributes attributes) {
        this.x = reads.get(0);
        this.w = reads.get(1);
        this.r = reads.get(2);
        this.units = attributes.whole("hidden_size");
        this.columns = gates * units;
        this.b = reads.size() < 4 || reads.get(3) == null ? RefTensor.zeros(1, 2 * columns) : reads.get(3);
        this.functions = clipped(OnnxFunctions.ofCell(attributes), attributes.number("clip", Double.POSITIVE_INFINITY));
        this.linearBeforeReset = gates > 1 && attributes.whole("linear_before_reset") != 0;
        OnnxEvaluator.require(this.functions.length == functions, this.functions.length + " activations");
        requireShape(w, 1, columns, x.last());
        requireShape(r, 1, columns, units);
        requireShape(b, 1, 2 * columns);
    }

    private static DoubleUnaryOperator[] clipped(DoubleUnaryOperator[] functions, double clip) {
        return Arrays.stream(functions)
                .map(function -> (DoubleUnaryOperator) x -> function.applyAsDouble(Math.min(Math.max(x, -clip), clip)))
                .toArray(DoubleUnaryOperator[]::new);
    }

    static boolean has(String operator) {
        return operator.equals("GRU") || operator.equals("RNN");
    }

    /** @return the sequence [T,1,B,U], and h after the last step [1,B,U] */
    static List<RefTensor> run(String operator, List<RefTensor> reads, OnnxAttributes attributes) {
        boolean isGru = operator.equals("GRU");
        OnnxOneState cell = new OnnxOneState(isGru ? 3 : 1, isGru ? 2 : 1, reads, attributes);
        boolean reverse = switch (attributes.text("direction", "forward")) {
            case "forward" -> false;
            case "reverse" -> true;
            default -> throw new IllegalArgumentException("two directions");
        };
        int time = cell.x.shape()[0];
        int batch = cell.x.shape()[1];
        OnnxEvaluator.require(reads.size() < 5 || reads.get(4) == null, "sequence_lens");
        double[] h = reads.size() < 6 || reads.get(5) == null
                ? new double[batch * cell.units]
                : reads.get(5).values().clone();
        RefTensor y = RefTensor.zeros(time, 1, batch, cell.units);
        for (int step = 0; step < time; step++) {
            int t = reverse ? time - 1 - step : step;
            for (int row = 0; row < batch; row++) {
                double[] before = Arrays.copyOfRange(h, row * cell.units, (row + 1) * cell.units);
                double[] after = isGru ? cell.gru(t * batch + row, before) : cell.rnn(t * batch + row, before);
                System.arraycopy(after, 0, h, row * cell.units, cell.units);
            }
            System.arraycopy(h, 0, y.values(), t * h.length, h.length);
        }
        return List.of(y, new RefTensor(new int[] {1, batch, cell.units}, h));
    }

    /** Ht = f(Xt*(Wi^T) + Ht-1*(Ri^T) + Wbi + Rbi). */
    private double[] rnn(int inputRow, double[] h) {
        double[] after = new double[units];
        for (int unit = 0; unit < units; unit++) {
            after[unit] = functions[0].applyAsDouble(input(unit, inputRow) + recurrent(unit, h));
        }
        return after;
    }

    /** ht = g(Xt*(Wh^T) + (rt (.) (Ht-1*(Rh^T) + Rbh)) + Wbh) if linear before reset; otherwise with (rt (.) Ht-1)*(Rh^T) + Rbh. */
    private double[] gru(int inputRow, double[] h) {
        double[] reset = new double[units];
        double[] scaled = h.clone();
        for (int unit = 0; unit < units; unit++) {
            reset[unit] = functions[0].applyAsDouble(input(units + unit, inputRow) + recurrent(units + unit, h));
            scaled[unit] *= reset[unit];
        }
        double[] after = new double[units];
        for (int unit = 0; unit < units; unit++) {
            double update = functions[0].applyAsDouble(input(unit, inputRow) + recurrent(unit, h));
            int column = 2 * units + unit;
            double part = linearBeforeReset ? reset[unit] * recurrent(column, h) : recurrent(column, scaled);
            after[unit] = (1 - update) * functions[1].applyAsDouble(input(column, inputRow) + part) + update * h[unit];
        }
        return after;
    }

    private double input(int column, int inputRow) {
        double sum = b.values()[column];
        for (int i = 0; i < x.last(); i++) {
            sum += w.values()[column * x.last() + i] * x.values()[inputRow * x.last() + i];
        }
        return sum;
    }

    private double recurrent(int column, double[] h) {
        double sum = b.values()[columns + column];
        for (int u = 0; u < units; u++) {
            sum += r.values()[column * units + u] * h[u];
        }
        return sum;
    }

    private static void requireShape(RefTensor numbers, int... shape) {
        OnnxEvaluator.require(Arrays.equals(numbers.shape(), shape),
                Arrays.toString(numbers.shape()) + " instead of " + Arrays.toString(shape));
    }
}
