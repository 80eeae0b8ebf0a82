package dev.gatun.engine.cell;

/**
 * What an LSTM has beside the equations of most systems.
 *
 * @param peepholes whether the gates see the cell state: input and forget gate the one before the step, the output gate the one
 *                  after it, each through a vector of weights (Gers and Schmidhuber 2000)
 * @param coupled   whether the forget gate is 1 less the input gate and has no weights (Greff et al. 2017; ONNX's input_forget)
 * @param cellClip  what the cell state is clipped to after each step, above 0; 0 for nothing (TensorFlow 1's cell_clip)
 */
public record LstmVariant(boolean peepholes, boolean coupled, float cellClip) {

    /** The LSTM of most systems. */
    public static final LstmVariant NONE = new LstmVariant(false, false, 0);

    /** @throws IllegalArgumentException if the limit is below 0, or none */
    public LstmVariant {
        if (!(cellClip >= 0)) {
            throw new IllegalArgumentException(
                    "A cell state is clipped at a limit above 0, or 0 for none, got " + cellClip);
        }
    }

    /** Whether there is nothing beside the equations of most systems. */
    public boolean isNone() {
        return !peepholes && !coupled && cellClip == 0;
    }

    /** Input, forget unless it follows from the input gate, candidate, output. */
    public int gates() {
        return coupled ? LstmCell.GATES - 1 : LstmCell.GATES;
    }

    /** How many gates see the cell state. */
    public int peepholeVectors() {
        return !peepholes ? 0 : coupled ? 2 : 3;
    }

    int candidate() {
        return gates() - 2;
    }

    int output() {
        return gates() - 1;
    }

    float clipped(float c) {
        return cellClip == 0 ? c : Math.min(Math.max(c, -cellClip), cellClip);
    }

    /** Whether a cell state has been clipped, and what it was made of has no gradient. */
    boolean clips(float c) {
        return cellClip != 0 && Math.abs(c) > cellClip;
    }
}
