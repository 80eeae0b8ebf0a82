package dev.gatun.tests.gradients;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * A small stack of LSTMs in words a person can read; {@link StackModel} makes the model of it, {@link StackReference} the
 * reference graph.
 *
 * @param batch     B
 * @param time      T
 * @param inputs    features of the input
 * @param lstms     from the input on
 * @param sequences whether the last LSTM returns every step
 * @param head      what follows the last LSTM
 * @param states    whether the last LSTM's h and c are outputs of the model too
 * @param seed      of weights, inputs and cotangents
 */
public record StackPlan(
        int batch, int time, int inputs, List<LstmPlan> lstms, boolean sequences, Head head, boolean states,
        long seed) {

    /** Where an LSTM begins. */
    public enum Initial {
        /** At zeros. */
        ZEROS,
        /** At two more inputs of the model. */
        INPUTS,
        /** At the state of the LSTM before; through two Dense layers if the widths differ. The first one at zeros. */
        PREVIOUS
    }

    /** What follows the last LSTM. */
    public enum Head {
        NONE, DENSE_TANH, DENSE_SOFTMAX, TIME_DISTRIBUTED, ACTIVATION
    }

    /**
     * One LSTM.
     *
     * @param twice whether it is applied a second time, to its own sequence; then its input is first made as wide as it
     */
    public record LstmPlan(
            int units, ActivationFunction activation, ActivationFunction recurrent, boolean bias, boolean backwards,
            Initial initial, boolean twice) {

        /** Keras's defaults. */
        public static LstmPlan of(int units) {
            return new LstmPlan(units, ActivationFunction.TANH, ActivationFunction.SIGMOID, true, false, Initial.ZEROS,
                    false);
        }

        @Override
        public String toString() {
            return "LSTM " + units
                    + (activation == ActivationFunction.TANH ? "" : " " + activation)
                    + (recurrent == ActivationFunction.SIGMOID ? "" : " recurrent " + recurrent)
                    + (bias ? "" : " without bias")
                    + (backwards ? " backwards" : "")
                    + (initial == Initial.ZEROS ? "" : " from " + initial)
                    + (twice ? " twice" : "");
        }
    }

    /** Width of the Dense heads. */
    static final int HEAD = 3;

    String name(int index) {
        return "lstm" + index;
    }

    /** Whether an LSTM's state is used by the next one. */
    boolean feedsState(int index) {
        return index + 1 < lstms.size() && lstms.get(index + 1).initial() == Initial.PREVIOUS;
    }

    boolean returnsSequences(int index) {
        return index + 1 < lstms.size() || sequences;
    }

    boolean returnsState(int index) {
        return feedsState(index) || states && index + 1 == lstms.size();
    }

    /** Width of what an LSTM is given. */
    int inputsOf(int index) {
        return index == 0 ? inputs : lstms.get(index - 1).units();
    }

    /** Whether a TimeDistributed(Dense) makes an LSTM's input as wide as it. */
    boolean widens(int index) {
        return lstms.get(index).twice() && inputsOf(index) != lstms.get(index).units();
    }

    /** Whether two Dense layers stand between the state before and this LSTM. */
    boolean bridges(int index) {
        return index > 0 && lstms.get(index).initial() == Initial.PREVIOUS
                && lstms.get(index - 1).units() != lstms.get(index).units();
    }

    /** {@code 4U(I+U+1)} for each LSTM, {@code U(I+1)} for each Dense. */
    public long parameters() {
        long sum = 0;
        for (int i = 0; i < lstms.size(); i++) {
            LstmPlan lstm = lstms.get(i);
            long units = lstm.units();
            long width = widens(i) ? units : inputsOf(i);
            sum += 4 * units * (width + units + (lstm.bias() ? 1 : 0));
            sum += widens(i) ? units * (inputsOf(i) + 1) : 0;
            sum += bridges(i) ? 2 * units * (lstms.get(i - 1).units() + 1) : 0;
        }
        boolean dense = head != Head.NONE && head != Head.ACTIVATION;
        return sum + (dense ? HEAD * (lstms.getLast().units() + 1) : 0);
    }

    /** Of the first output. */
    public Shape outputShape() {
        boolean dense = head != Head.NONE && head != Head.ACTIVATION;
        int width = dense ? HEAD : lstms.getLast().units();
        boolean everyStep = sequences || lstms.getLast().twice();
        return everyStep ? Shape.of(batch, time, width) : Shape.of(batch, width);
    }

    @Override
    public String toString() {
        return "[" + batch + "," + time + "," + inputs + "] -> " + lstms + (sequences ? " sequences" : "")
                + (states ? " and states" : "") + " -> " + head + ", seed " + seed;
    }
}
