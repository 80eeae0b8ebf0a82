package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;

/** Each number divided by a power of the squares of its neighbours among the channels. */
final class LocalResponse {

    static final List<Operator> OPERATORS = List
            .of(Operator.of("LRN").slow().with("alpha", "beta", "bias", "size").makes(LocalResponse::normalized));

    private LocalResponse() {}

    private static NumberArray normalized(OperatorCall call) {
        NumberArray x = call.input(0);
        long size = call.node().whole("size", 0);
        if (x.rank() < 2 || size < 1) {
            throw new IllegalArgumentException("its input is " + x + " and its size " + size + ", expected [N, C, ...]"
                    + " and a size above 0");
        }
        double alpha = call.node().real("alpha", 1e-4f) / size;
        double beta = call.node().real("beta", 0.75f);
        double bias = call.node().real("bias", 1);
        int channels = x.size(1);
        int inner = Strides.product(x.shape(), 2, x.rank());
        double[] made = new double[x.count()];
        for (int i = 0; i < made.length; i++) {
            int channel = i / inner % channels;
            long first = Math.max(0, channel - (size - 1) / 2);
            long last = Math.min(channels - 1L, channel + size / 2);
            double squares = 0;
            for (long other = first; other <= last; other++) {
                double number = x.number(i + (int) (other - channel) * inner);
                squares += number * number;
            }
            made[i] = x.number(i) / Math.pow(bias + alpha * squares, beta);
        }
        return Storage.rounded(x.type(), x.shape(), made);
    }
}
