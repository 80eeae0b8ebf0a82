package dev.gatun.layers.type.convolution;

import dev.gatun.layers.Padding;
import dev.gatun.layers.operation.StepSizes;

/**
 * What each step of a transposed convolution adds to, as Keras on TensorFlow has it.
 *
 * @param span          steps of the output that one step of the input adds to, from the first to the last
 * @param stride        how many steps of the output lie between those
 * @param padding       valid or same
 * @param outputPadding steps behind the last one; negative where the lengths follow from the strides
 */
record TransposedWindow(long span, int stride, Padding padding, int outputPadding) implements StepSizes {

    @Override
    public long steps(long inputs) {
        if (padding == Padding.VALID) {
            return (inputs - 1) * stride + (outputPadding < 0 ? Math.max(span, stride) : span + outputPadding);
        }
        return outputPadding < 0 ? inputs * stride : (inputs - 1) * stride + span % 2 + outputPadding;
    }

    @Override
    public int before(int inputs) {
        return padding == Padding.VALID
                ? 0
                : (int) (Math.max(0, (inputs - 1L) * stride + span - steps(inputs)) / 2);
    }

    @Override
    public String shortest() {
        return "needs a step or more";
    }
}
