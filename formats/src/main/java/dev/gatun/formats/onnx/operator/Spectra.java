package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.ElementTypes;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Sequences to frequencies and back, and what is multiplied with both. */
final class Spectra {

    private static final double HAMMING = 25.0 / 46;

    static final List<Operator> OPERATORS = List.of(
            Operator.of("DFT").slow().from(17).to(19).inputs(1, 2).with("axis", "inverse", "onesided")
                    .makes(call -> transformed(call, call.node().whole("axis", 1))),
            Operator.of("DFT").slow().from(20).inputs(1, 3).with("inverse", "onesided")
                    .makes(call -> transformed(call, call.optional(2) == null ? -2 : call.whole(2))),
            Operator.of("STFT").slow().from(17).inputs(2, 4).with("onesided").makes(Spectra::shortTime),
            window("HannWindow", turn -> 0.5 - 0.5 * Math.cos(turn)),
            window("HammingWindow", turn -> HAMMING - (1 - HAMMING) * Math.cos(turn)),
            window("BlackmanWindow", turn -> 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn)),
            Operator.of("MelWeightMatrix").from(17).inputs(5).with("output_datatype").makes(Spectra::melWeights));

    private Spectra() {}

    private static Operator window(String name, DoubleUnaryOperator ofTurn) {
        return Operator.of(name).from(17).with("output_datatype", "periodic").makes(call -> {
            int[] shape = Reshaping.sizes(call.whole(0));
            int count = Storage.count(shape);
            int period = call.node().whole("periodic", 1) != 0 ? count : count - 1;
            double[] made = new double[count];
            Arrays.setAll(made, i -> ofTurn.applyAsDouble(2 * Math.PI * i / period));
            return Storage.rounded(type(call), shape, made);
        });
    }

    private static NumberType type(OperatorCall call) {
        return ElementTypes.of(call.node().whole("output_datatype", 1), "what it makes");
    }

    /** Of [..., length, ..., 1 or 2], the last axis real and imaginary parts. */
    private static NumberArray transformed(OperatorCall call, long givenAxis) {
        NumberArray x = call.input(0);
        int axis = OperatorCall.axis(givenAxis, x.rank());
        int parts = x.size(x.rank() - 1);
        boolean isInverse = call.node().whole("inverse", 0) != 0;
        boolean isHalf = call.node().whole("onesided", 0) != 0;
        if (axis == x.rank() - 1 || parts < 1 || parts > 2 || !x.type().isFloating()
                || isHalf && !isInverse && parts == 2) {
            throw new IllegalArgumentException("its input is " + x + " and its axis " + axis + ", expected floating"
                    + " numbers, real or complex ones along the last axis" + (isHalf ? ", real ones with onesided" : "")
                    + ", and another axis");
        }
        long told = call.optional(1) == null
                ? isHalf && isInverse ? 2L * (x.size(axis) - 1) : x.size(axis)
                : call.whole(1);
        int length = Reshaping.sizes(told)[0];
        if (length < 1) {
            throw new IllegalArgumentException("its dft_length is " + length + ", expected one above 0");
        }
        int[] shape = x.shape();
        shape[axis] = isHalf && !isInverse ? length / 2 + 1 : length;
        shape[shape.length - 1] = isHalf && isInverse ? 1 : 2;
        double[] made = new double[Storage.count(shape)];
        double[] real = new double[Storage.count(length)];
        double[] imaginary = new double[length];
        FourierTransform transform = new FourierTransform(length, isInverse);
        int inner = Strides.product(x.shape(), axis + 1, x.rank() - 1);
        int known = Math.min(length, x.size(axis));
        for (int row = 0; row < Strides.product(x.shape(), 0, axis) * inner; row++) {
            Arrays.fill(real, 0);
            Arrays.fill(imaginary, 0);
            for (int i = 0; i < known; i++) {
                int from = ((row / inner * x.size(axis) + i) * inner + row % inner) * parts;
                real[i] = x.number(from);
                imaginary[i] = parts == 2 ? x.number(from + 1) : 0;
            }
            if (isHalf && isInverse) {
                transform.mirror(real, imaginary, Math.min(known, length / 2 + 1));
            }
            transform.apply(real, imaginary);
            write(real, imaginary, made, row, inner, shape[axis], shape[shape.length - 1]);
        }
        return Storage.rounded(x.type(), shape, made);
    }

    private static void write(
            double[] real, double[] imaginary, double[] made, int row, int inner, int length, int parts) {
        for (int i = 0; i < length; i++) {
            int to = ((row / inner * length + i) * inner + row % inner) * parts;
            made[to] = real[i];
            if (parts == 2) {
                made[to + 1] = imaginary[i];
            }
        }
    }

    /** Of [B, length] or [B, length, 1 or 2] frames, one after another, each multiplied with the window: [B, frames, bins, 2]. */
    private static NumberArray shortTime(OperatorCall call) {
        NumberArray x = call.input(0);
        NumberArray window = call.optional(2);
        int parts = x.rank() == 3 ? x.size(2) : 1;
        if (x.rank() < 2 || x.rank() > 3 || parts < 1 || parts > 2 || !x.type().isFloating()) {
            throw new IllegalArgumentException("its signal is " + x + ", expected floating [B, length, 1 or 2]");
        }
        long told = call.optional(3) != null ? call.whole(3) : window != null ? window.count() : x.size(1);
        int length = Reshaping.sizes(told)[0];
        long step = call.whole(1);
        if (step < 1 || length < 1 || length > x.size(1) || window != null && window.count() != length) {
            throw new IllegalArgumentException("it makes frames of " + length + ", each " + step + " further on, with"
                    + " the window " + window + " of the signal " + x + ", expected a step above 0, frames that fit the"
                    + " signal and a window of their length");
        }
        boolean isHalf = call.node().whole("onesided", 1) != 0;
        int bins = isHalf ? length / 2 + 1 : length;
        int frames = (int) ((x.size(1) - length) / step) + 1;
        int[] shape = {x.size(0), frames, bins, 2};
        double[] made = new double[Storage.count(shape)];
        double[] real = new double[length];
        double[] imaginary = new double[length];
        FourierTransform transform = new FourierTransform(length, false);
        for (int row = 0; row < x.size(0) * frames; row++) {
            int start = row / frames * x.size(1) + (int) (row % frames * step);
            for (int i = 0; i < length; i++) {
                double by = window == null ? 1 : window.number(i);
                real[i] = by * x.number((start + i) * parts);
                imaginary[i] = parts == 2 ? by * x.number((start + i) * parts + 1) : 0;
            }
            transform.apply(real, imaginary);
            write(real, imaginary, made, row, 1, bins, 2);
        }
        return Storage.rounded(x.type(), shape, made);
    }

    /** Triangles over frequencies whose corners are equally far apart on the mel scale, 2595 log10(1 + f / 700). */
    private static NumberArray melWeights(OperatorCall call) {
        int bands = Reshaping.sizes(call.whole(0))[0];
        int length = Reshaping.sizes(call.whole(1))[0];
        long rate = call.whole(2);
        double low = mel(call.input(3).number(0));
        double high = mel(call.input(4).number(0));
        int[] shape = {length / 2 + 1, bands};
        double[] made = new double[Storage.count(shape)];
        int[] corners = new int[Math.addExact(bands, 2)];
        for (int i = 0; i < corners.length; i++) {
            double hertz = 700 * (Math.pow(10, (low + i * (high - low) / corners.length) / 2595) - 1);
            double corner = Math.floor((length + 1.0) * hertz / rate);
            if (!(corner >= 0 && corner < shape[0])) {
                throw new IllegalArgumentException("its bands of frequencies reach beyond half of the sample rate "
                        + rate);
            }
            corners[i] = (int) corner;
        }
        for (int band = 0; band < bands; band++) {
            int rise = corners[band + 1] - corners[band];
            int fall = corners[band + 2] - corners[band + 1];
            for (int i = corners[band]; i <= corners[band + 1]; i++) {
                made[i * bands + band] = rise == 0 ? 1 : (i - corners[band]) / (double) rise;
            }
            for (int i = corners[band + 1]; i < corners[band + 2]; i++) {
                made[i * bands + band] = (corners[band + 2] - i) / (double) fall;
            }
        }
        return Storage.rounded(type(call), shape, made);
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }
}
