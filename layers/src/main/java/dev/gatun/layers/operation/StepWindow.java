package dev.gatun.layers.operation;

import dev.gatun.layers.Padding;

/**
 * A window that moves along a sequence.
 *
 * @param size     how many steps it looks at
 * @param stride   how many it moves
 * @param dilation how many lie from one of its steps to the next
 * @param padding  at the ends
 */
public record StepWindow(int size, int stride, int dilation, Padding padding) implements StepSizes {

    /** {@return steps from the first that it looks at to the last, both counted} */
    public long span() {
        return (size - 1L) * dilation + 1;
    }

    @Override
    public long steps(long inputs) {
        return padding == Padding.VALID ? Math.floorDiv(inputs - span(), stride) + 1 : (inputs + stride - 1) / stride;
    }

    @Override
    public int before(int inputs) {
        return switch (padding) {
            case VALID -> 0;
            case CAUSAL -> Math.toIntExact(span() - 1);
            case SAME -> (int) (Math.max(0, (steps(inputs) - 1) * stride + span() - inputs) / 2);
        };
    }

    @Override
    public String shortest() {
        return padding == Padding.VALID
                ? "needs " + span()
                        + " steps or more, as many as its window spans (padding 'valid'; 'same' takes fewer)"
                : "needs a step or more";
    }
}
