package dev.gatun.formats.onnx.operator;

import dev.gatun.engine.function.ActivationFormula;

/**
 * The sums before the gates of one step, for all samples: biases, products of the inputs and of the states. A cell says which
 * states it multiplies and when.
 */
interface GateSums extends AutoCloseable {

    /** Begins a step: the sums are those of biases and inputs. Steps come in order, from 0 on. */
    void begin(int step);

    /** What the recurrent weights are to be multiplied with: a number for each unit. */
    void operands(int sample, double[] numbers);

    /** Adds the products of the operands with the recurrent weights of some gates to the sums. */
    void recur(int firstGate, int endGate);

    /** The products of the operands with the recurrent weights of a gate and its bias, apart from the sums. */
    void recurApart(int gate);

    /** The sums of a sample, gate after gate. */
    void read(int sample, double[] into);

    /** What {@link #recurApart} has made for a sample: a number for each unit. */
    void readApart(int sample, double[] into);

    /**
     * Applies a function to the sums of some gates of a sample, by a kernel.
     *
     * @return false if there is none, and nothing has changed
     */
    boolean activate(int sample, int firstGate, int endGate, ActivationFormula function);

    /**
     * Applies a function to a number for each unit, by a kernel.
     *
     * @return false if there is none, and nothing has changed
     */
    boolean activate(double[] numbers, ActivationFormula function);

    @Override
    void close();
}
