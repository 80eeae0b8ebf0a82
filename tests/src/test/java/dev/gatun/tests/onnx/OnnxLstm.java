package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** ONNX's LSTM, opset 14, layout 0, of one direction, as its specification writes it. */
final class OnnxLstm {

    private final RefTensor x;
    private final RefTensor w;
    private final RefTensor r;
    private final RefTensor b;
    private final RefTensor p;
    private final double clip;
    private final boolean inputForget;
    private final int units;
    private final DoubleUnaryOperator f;
    private final DoubleUnaryOperator g;
    private final DoubleUnaryOperator h;

    private OnnxLstm(List<RefTensor> reads, OnnxAttributes attributes) {
        this.x = reads.get(0);
        this.w = reads.get(1);
        this.r = reads.get(2);
        this.units = attributes.whole("hidden_size");
        this.b = read(reads, 3, 1, 8 * units);
        this.p = read(reads, 7, 1, 3 * units);
        this.clip = attributes.number("clip", Double.POSITIVE_INFINITY);
        this.inputForget = attributes.whole("input_forget", 0) != 0;
        DoubleUnaryOperator[] functions = OnnxFunctions.ofCell(attributes);
        OnnxEvaluator.require(functions.length == 3, functions.length + " activations");
        this.f = functions[0];
        this.g = functions[1];
        this.h = functions[2];
        requireShape(w, 1, 4 * units, x.last());
        requireShape(r, 1, 4 * units, units);
    }

    /** @return the sequence [T,1,B,U], and h and c after the last step, each [1,B,U] */
    static List<RefTensor> run(List<RefTensor> reads, OnnxAttributes attributes) {
        OnnxLstm lstm = new OnnxLstm(reads, attributes);
        boolean reverse = switch (attributes.text("direction", "forward")) {
            case "forward" -> false;
            case "reverse" -> true;
            default -> throw new IllegalArgumentException("two directions");
        };
        int time = lstm.x.shape()[0];
        int batch = lstm.x.shape()[1];
        OnnxEvaluator.require(reads.size() < 5 || reads.get(4) == null, "sequence_lens");
        RefTensor stateH = read(reads, 5, 1, batch, lstm.units);
        RefTensor stateC = read(reads, 6, 1, batch, lstm.units);
        RefTensor y = RefTensor.zeros(time, 1, batch, lstm.units);
        double[] lastH = stateH.values().clone();
        double[] lastC = stateC.values().clone();
        for (int step = 0; step < time; step++) {
            int t = reverse ? time - 1 - step : step;
            for (int row = 0; row < batch; row++) {
                lstm.step(t * batch + row, row, lastH, lastC);
            }
            System.arraycopy(lastH, 0, y.values(), t * lastH.length, lastH.length);
        }
        return List.of(y, new RefTensor(stateH.shape(), lastH), new RefTensor(stateC.shape(), lastC));
    }

    private void step(int inputRow, int row, double[] lastH, double[] lastC) {
        double[] newH = new double[units];
        for (int unit = 0; unit < units; unit++) {
            int at = row * units + unit;
            double before = lastC[at];
            double input = f.applyAsDouble(clipped(gate(0, unit, inputRow, row, lastH) + p(0, unit) * before));
            double forget = inputForget
                    ? 1 - input
                    : f.applyAsDouble(clipped(gate(2, unit, inputRow, row, lastH) + p(2, unit) * before));
            double candidate = g.applyAsDouble(clipped(gate(3, unit, inputRow, row, lastH)));
            lastC[at] = forget * before + input * candidate;
            double output = f.applyAsDouble(clipped(gate(1, unit, inputRow, row, lastH) + p(1, unit) * lastC[at]));
            newH[unit] = output * h.applyAsDouble(lastC[at]);
        }
        System.arraycopy(newH, 0, lastH, row * units, units);
    }

    private double p(int gate, int unit) {
        return p.values()[gate * units + unit];
    }

    private double clipped(double sum) {
        return Math.min(Math.max(sum, -clip), clip);
    }

    private double gate(int gate, int unit, int inputRow, int row, double[] lastH) {
        int column = gate * units + unit;
        double sum = b.values()[column] + b.values()[4 * units + column];
        for (int i = 0; i < x.last(); i++) {
            sum += w.values()[column * x.last() + i] * x.values()[inputRow * x.last() + i];
        }
        for (int u = 0; u < units; u++) {
            sum += r.values()[column * units + u] * lastH[row * units + u];
        }
        return sum;
    }

    private static RefTensor read(List<RefTensor> reads, int index, int... shape) {
        if (reads.size() <= index || reads.get(index) == null) {
            return RefTensor.zeros(shape);
        }
        requireShape(reads.get(index), shape);
        return reads.get(index);
    }

    private static void requireShape(RefTensor numbers, int... shape) {
        OnnxEvaluator.require(Arrays.equals(numbers.shape(), shape),
                Arrays.toString(numbers.shape()) + " instead of " + Arrays.toString(shape));
    }
}
