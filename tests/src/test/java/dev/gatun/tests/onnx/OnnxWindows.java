package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** ONNX's operators whose window moves along the last of three axes, [N,C,L], and those that move steps. */
final class OnnxWindows {

    static final Set<String> OPERATORS = Set.of("Conv", "ConvTranspose", "MaxPool", "AveragePool");

    private final RefTensor x;
    private final int size;
    private final int stride;
    private final int dilation;
    private final int outputs;
    private final int before;

    private OnnxWindows(RefTensor x, OnnxAttributes attributes, boolean dilates) {
        this.x = x;
        this.size = attributes.wholes("kernel_shape")[0];
        this.stride = attributes.wholes("strides")[0];
        this.dilation = dilates ? attributes.wholes("dilations")[0] : 1;
        int span = (size - 1) * dilation + 1;
        if (attributes.text("auto_pad", "NOTSET").equals("SAME_UPPER")) {
            this.outputs = (x.last() + stride - 1) / stride;
            this.before = Math.max(0, (outputs - 1) * stride + span - x.last()) / 2;
        } else {
            int[] pads = attributes.wholes("pads", 0, 0);
            this.outputs = (x.last() + pads[0] + pads[1] - span) / stride + 1;
            this.before = pads[0];
        }
    }

    static RefTensor run(String operator, List<RefTensor> reads, OnnxAttributes attributes) {
        RefTensor x = reads.getFirst();
        OnnxEvaluator.require(x.shape().length == 3, "[N,C,L] only");
        return switch (operator) {
            case "ConvTranspose" -> transposed(reads, attributes);
            case "Conv" -> new OnnxWindows(x, attributes, true).conv(reads, attributes.whole("group"));
            case "MaxPool" -> new OnnxWindows(x, attributes, false).pool(false);
            default -> new OnnxWindows(x, attributes, false).pool(true);
        };
    }

    private RefTensor conv(List<RefTensor> reads, int groups) {
        RefTensor w = reads.get(1);
        int filters = w.shape()[0];
        int inputs = w.shape()[1];
        OnnxEvaluator.require(w.shape()[2] == size && inputs * groups == x.shape()[1], "the filters do not fit");
        RefTensor y = RefTensor.zeros(x.shape()[0], filters, outputs);
        for (int at = 0; at < y.values().length; at++) {
            int t = at % outputs;
            int filter = at / outputs % filters;
            int sample = at / outputs / filters;
            double sum = reads.size() > 2 ? reads.get(2).values()[filter] : 0;
            for (int i = 0; i < inputs; i++) {
                int row = sample * x.shape()[1] + filter / (filters / groups) * inputs + i;
                for (int k = 0; k < size; k++) {
                    int from = t * stride + k * dilation - before;
                    if (from >= 0 && from < x.last()) {
                        sum += x.values()[row * x.last() + from] * w.values()[(filter * inputs + i) * size + k];
                    }
                }
            }
            y.values()[at] = sum;
        }
        return y;
    }

    private RefTensor pool(boolean means) {
        RefTensor y = RefTensor.zeros(x.shape()[0], x.shape()[1], outputs);
        for (int at = 0; at < y.values().length; at++) {
            int row = at / outputs * x.last();
            int first = Math.max(0, at % outputs * stride - before);
            int end = Math.min(x.last(), at % outputs * stride - before + size);
            double[] seen = Arrays.copyOfRange(x.values(), row + first, row + end);
            y.values()[at] = means
                    ? Arrays.stream(seen).average().orElseThrow()
                    : Arrays.stream(seen).max().orElseThrow();
        }
        return y;
    }

    private static RefTensor transposed(List<RefTensor> reads, OnnxAttributes attributes) {
        RefTensor x = reads.getFirst();
        RefTensor w = reads.get(1);
        int inputs = x.shape()[1];
        int filters = w.shape()[1];
        int size = w.shape()[2];
        int stride = attributes.wholes("strides")[0];
        int dilation = attributes.wholes("dilations")[0];
        int[] pads = attributes.wholes("pads");
        OnnxEvaluator.require(attributes.wholes("kernel_shape")[0] == size, "the filters do not fit");
        int outputs = (x.last() - 1) * stride + (size - 1) * dilation + 1 + attributes.wholes("output_padding")[0]
                - pads[0] - pads[1];
        RefTensor y = RefTensor.zeros(x.shape()[0], filters, outputs);
        for (int at = 0; at < y.values().length && reads.size() > 2; at++) {
            y.values()[at] = reads.get(2).values()[at / outputs % filters];
        }
        for (int at = 0; at < x.values().length * filters * size; at++) {
            int k = at % size;
            int filter = at / size % filters;
            int from = at / size / filters;
            int channel = from / x.last() % inputs;
            int to = from % x.last() * stride + k * dilation - pads[0];
            if (to >= 0 && to < outputs) {
                y.values()[(from / x.last() / inputs * filters + filter) * outputs + to] += x.values()[from]
                        * w.values()[(channel * filters + filter) * size + k];
            }
        }
        return y;
    }

    /** Steps as often as the scale of axis 1 says, the others 1. */
    static RefTensor resized(RefTensor x, RefTensor scales, OnnxAttributes attributes) {
        OnnxEvaluator.require(attributes.text("mode", "").equals("nearest")
                && attributes.text("coordinate_transformation_mode", "").equals("asymmetric")
                && attributes.text("nearest_mode", "").equals("floor") && scales.values()[0] == 1
                && scales.values()[2] == 1, "steps only, each repeated");
        int times = (int) scales.values()[1];
        return steps(x, x.shape()[1] * times, step -> step / times);
    }

    private static RefTensor steps(RefTensor x, int count, IntUnaryOperator source) {
        RefTensor y = RefTensor.zeros(x.shape()[0], count, x.last());
        for (int at = 0; at < y.values().length; at++) {
            int from = source.applyAsInt(at / x.last() % count);
            if (from >= 0 && from < x.shape()[1]) {
                y.values()[at] = x.values()[(at / x.last() / count * x.shape()[1] + from) * x.last() + at % x.last()];
            }
        }
        return y;
    }
}
