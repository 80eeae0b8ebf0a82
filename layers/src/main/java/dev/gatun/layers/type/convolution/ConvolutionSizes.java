package dev.gatun.layers.type.convolution;

import dev.gatun.layers.ConvolutionLayer;
import dev.gatun.memory.ShapeException;

/** Whether a kernel is small enough to be counted in ints. */
final class ConvolutionSizes {

    private static final int MOST = Integer.MAX_VALUE / 8;

    private ConvolutionSizes() {}

    /** @throws ShapeException if the kernel has too many rows or columns, or spans too many steps */
    static void require(ConvolutionLayer<?> layer, String name, int inputs, int outputs) {
        long taps = layer.kernelSize();
        if (taps * inputs > MOST || taps * outputs > MOST || (taps - 1) * layer.dilationRate() > MOST) {
            throw unfit(layer.kind(), name, "has a kernel of " + taps + " steps, dilation_rate=" + layer.dilationRate()
                    + ", for " + inputs + " features and " + outputs + " filters, which is too large; steps times "
                    + "either, and times dilation_rate, may be at most " + MOST);
        }
    }

    static ShapeException unfit(String kind, String name, String what) {
        return new ShapeException(kind + " '" + name + "' " + what);
    }
}
